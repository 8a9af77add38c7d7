"""What we wrote: letters to those accused, every e-mail that leaves the building, and the keys of the parties' private pages."""
