"""Frames of MP3. Between them and behind them lies what programs leave there: ID3, APE and Lyrics3 tags."""

BIT_RATES = {  # kilobits a second, by the version of MPEG
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
RATES = {3: (44_100, 48_000, 32_000, 0), 2: (22_050, 24_000, 16_000, 0), 0: (11_025, 12_000, 8_000, 0)}  # Hz


def is_one_frame(data):
    """Whether `data` is one frame of MPEG layer III from its first byte to its last."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE6 != 0xE2:
        return False
    version, padding = data[1] >> 3 & 3, data[2] >> 1 & 1
    bits = BIT_RATES[1 if version == 3 else 2][data[2] >> 4]
    rate = RATES.get(version, (0, 0, 0, 0))[data[2] >> 2 & 3]
    return bool(bits and rate) and len(data) == (144 if version == 3 else 72) * bits * 1000 // rate + padding
