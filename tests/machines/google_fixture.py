"""An answer in Google's shape, as its description has it (factchecktools v1alpha1): every field there is, and of which kind."""

RECORDED = {
    "claims": [
        {
            "text": "The earth is flat.",
            "claimant": "Viral image",
            "claimDate": "2019-06-18T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Example Facts", "site": "facts.example"},
                    "url": "https://www.facts.example/the-earth-is-flat",
                    "title": "Is the earth flat?",
                    "reviewDate": "2019-06-21T11:30:00Z",
                    "textualRating": "False",
                    "languageCode": "en",
                }
            ],
        }
    ],
    "nextPageToken": "CAo",
}
ERROR = {"error": {"code": 400, "message": "Invalid value", "status": "INVALID_ARGUMENT"}}


def differences(told, recorded=RECORDED, place=""):
    """Where an answer is not of the shape that was recorded: names that it has not, and values of another kind."""
    if type(told) is not type(recorded):
        return [f"{place}: {type(told).__name__}"]
    if isinstance(told, dict):
        strange = [f"{place}.{name}" for name in told.keys() - recorded.keys()]
        return strange + [
            d for name in told.keys() & recorded.keys() for d in differences(told[name], recorded[name], name)
        ]
    if isinstance(told, list):
        return [d for each in told for d in differences(each, recorded[0], place)] or (
            [] if told else [f"{place}: empty"]
        )
    return []
