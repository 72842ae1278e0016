-- Places for a co-supervisor and an observer beside the supervisor of each group of a round.

-- What is asked of such places, with everybody who could have one as they were known when the round was asked; empty where none is asked for. And who was
-- proposed for them, which is never changed either, and is no part of the proposal.
ALTER TABLE matching_round ADD COLUMN beside TEXT;
ALTER TABLE matching_round ADD COLUMN beside_proposed TEXT;

-- What somebody is asked to be beside the supervisor of a group; empty for whoever would lead it, and for its members.
ALTER TABLE asked_person ADD COLUMN beside TEXT CHECK (beside IN ('co_supervisor', 'observer'));
-- When they were added to the sessions of the group that was made, or it was settled that they are not.
ALTER TABLE asked_person ADD COLUMN beside_settled_at TIMESTAMPTZ;

-- A change of a board can be of such a place too: who has it, or nobody.
ALTER TABLE board_change DROP CONSTRAINT board_change_kind_check;
ALTER TABLE board_change ADD CHECK (kind IN ('move', 'pin', 'unpin', 'beside', 'take_back'));
ALTER TABLE board_change DROP CONSTRAINT board_change_check;
ALTER TABLE board_change DROP CONSTRAINT board_change_check1;
ALTER TABLE board_change ADD CHECK ((kind IN ('move', 'beside')) = (destination IS NOT NULL));
ALTER TABLE board_change ADD CHECK (kind = 'beside' OR (kind = 'take_back') = (person_id IS NULL));
