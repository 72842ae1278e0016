-- Where somebody works with families, so that groups can be alike or mixed in it and nobody is left alone in theirs, if they let it be used. Nothing where
-- they would rather not say; that the question was answered stands with the others. A question that is new is asked of everybody, and what was
-- confirmed before stays confirmed.
ALTER TABLE registration ADD COLUMN setting TEXT CHECK (
    setting IN ('health_visiting', 'family_hub', 'mental_health', 'maternity', 'early_years', 'social_care', 'voluntary', 'other')
);
