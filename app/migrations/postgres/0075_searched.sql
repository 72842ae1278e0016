-- What the search had found for a round, as a proposal, where its groups were levelled after that so that the weakest fits better; empty where they were not.
ALTER TABLE matching_round ADD COLUMN searched TEXT;
