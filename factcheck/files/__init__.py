"""Where bytes are kept: a folder of ours, or S3-compatible storage. Knows names, sizes and hashes, and not what they mean."""
