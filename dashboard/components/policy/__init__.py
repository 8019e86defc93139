"""The pieces of the policy's screen: versions, the document in words, the draft's forms, its preview, its first day."""
