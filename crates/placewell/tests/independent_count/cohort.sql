-- What is known now: of an episode that stands in the returns of several years, the latest year's row (dossier B1, "as now").
CREATE TABLE known AS
SELECT e.child, e.decom, e.rne, e.ls, e.cin, e.place, e.place_provider, e.dec, e.rec, e.reason_place_change, e.home_post, e.pl_post
FROM episode e
JOIN (SELECT child, decom, MAX(return_year) AS latest FROM episode GROUP BY child, decom) n
    ON n.child = e.child AND n.decom = e.decom AND n.latest = e.return_year;
CREATE INDEX known_by_child ON known (child, decom);
ANALYZE;

-- Who the children are: the latest year's row of the Header, and of the UASC table where they stand in one.
CREATE TABLE person AS
SELECT h.child, h.dob,
    CASE WHEN h.sex IN ('F', '2') THEN 'female' WHEN h.sex IN ('M', '1') THEN 'male' END AS sex,
    CASE
        WHEN h.ethnic IN ('WBRI', 'WIRI', 'WOTH', 'WIRT', 'WROM') THEN 'white'
        WHEN h.ethnic IN ('MWBC', 'MWBA', 'MWAS', 'MOTH') THEN 'mixed'
        WHEN h.ethnic IN ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') THEN 'asian'
        WHEN h.ethnic IN ('BCRB', 'BAFR', 'BOTH') THEN 'black'
        WHEN h.ethnic = 'OOTH' THEN 'other'
    END AS ethnic_group,
    CASE WHEN u.child IS NULL THEN 0 ELSE 1 END AS ever_unaccompanied,
    u.duc,
    r.authority,
    r.area
FROM header h
JOIN (SELECT child, MAX(return_year) AS latest FROM header GROUP BY child) n ON n.child = h.child AND n.latest = h.return_year
JOIN responsible r ON r.child = h.child
LEFT JOIN (
    SELECT u.child, u.duc FROM uasc u
    JOIN (SELECT child, MAX(return_year) AS latest FROM uasc GROUP BY child) m ON m.child = u.child AND m.latest = u.return_year
) u ON u.child = h.child;
CREATE INDEX person_by_child ON person (child);

-- Each episode of a child looked after (V3 and V4, short breaks, are out) with the start of its period of care, as far as it is on record.
CREATE TABLE in_care AS
SELECT k.*,
    COALESCE((SELECT MAX(s.decom) FROM known s WHERE s.child = k.child AND s.decom <= k.decom AND s.rne = 'S'), '') AS began,
    CASE WHEN k.place IN ('T0', 'T1', 'T2', 'T3', 'T4') THEN 1 ELSE 0 END AS away
FROM known k
WHERE k.ls NOT IN ('V3', 'V4');
CREATE INDEX in_care_by_child ON in_care (child, decom);

-- The row that says where the child lives: its own, or during a temporary stay that of the placement which goes on (dossier B3).
CREATE TABLE housed AS
SELECT e.*,
    COALESCE(
        (SELECT MAX(m.decom) FROM in_care m WHERE m.child = e.child AND m.began = e.began AND m.decom <= e.decom AND m.away = 0), e.decom
    ) AS lives_since
FROM in_care e;
CREATE INDEX housed_by_child ON housed (child, decom);

-- Children looked after on each date (dossier B1): DECOM on or before it, DEC blank or after it, under 18 on it; one column a breakdown.
CREATE TABLE stock AS
SELECT s.*,
    CASE WHEN years = 0 THEN '0' WHEN years <= 4 THEN '1_4' WHEN years <= 9 THEN '5_9' WHEN years <= 15 THEN '10_15' ELSE '16_plus' END AS age_band,
    CAST(years AS TEXT) AS age
FROM (
    SELECT a.on_day, e.child, p.sex, p.ethnic_group, p.authority,
        -- Completed years on calendar birthdays; who is born on 29 February has its birthday on 1 March in other years (dossier B5).
        CAST(SUBSTR(a.on_day, 1, 4) AS INTEGER) - CAST(SUBSTR(p.dob, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(a.on_day, 6) < SUBSTR(p.dob, 6) THEN 1 ELSE 0 END AS years,
        CASE
            WHEN e.ls = 'C1' THEN 'interim_care'
            WHEN e.ls = 'C2' THEN 'full_care'
            WHEN e.ls IN ('E1', 'D1') THEN 'placement_order'
            WHEN e.ls = 'V2' THEN 's20'
            WHEN e.ls IN ('L1', 'L2', 'L3') THEN 'child_protection'
            WHEN e.ls IN ('J1', 'J2', 'J3') THEN 'youth_justice'
        END AS legal_status_group,
        LOWER(e.cin) AS category_of_need,
        CASE
            WHEN h.place IN ('U1', 'U2', 'U3', 'U4', 'U5', 'U6') THEN 'foster'
            WHEN h.place IN ('A3', 'A4', 'A5', 'A6') THEN 'adoption'
            WHEN h.place = 'P1' THEN 'parents'
            WHEN h.place IN ('K1', 'K2') THEN 'homes'
            WHEN h.place IN ('K3', 'H5', 'P2') THEN 'supported'
            WHEN h.place = 'S1' THEN 'res_school'
            WHEN h.place IN ('R1', 'R2', 'R3', 'R5') THEN 'other_residential'
            WHEN h.place IN ('Z1', 'Z11', 'Z12', 'Z13', 'Z14') THEN 'other'
        END AS placement_group,
        -- By the day's own row, as the open demand models group it.
        CASE
            WHEN e.place IN ('U1', 'U2', 'U3', 'U4', 'U5', 'U6') THEN 'Fostering'
            WHEN e.place IN ('K2', 'R1', 'P3', 'S1') THEN 'Residential'
            WHEN e.place IN ('H5', 'K3', 'P2') THEN 'Supported'
            ELSE 'Other'
        END AS broad_type,
        CASE h.place_provider
            WHEN 'PR0' THEN 'parents'
            WHEN 'PR1' THEN 'own'
            WHEN 'PR2' THEN 'other_la'
            WHEN 'PR3' THEN 'other_public'
            WHEN 'PR4' THEN 'private'
            WHEN 'PR5' THEN 'voluntary'
        END AS provider_group,
        -- A distance that rounds to more than 20.0 miles is one of 20.05 miles or more; a mile is 1609.3 metres (dossier B7).
        CASE
            WHEN p.ever_unaccompanied = 1 OR home.postcode IS NULL OR placed.postcode IS NULL THEN NULL
            WHEN (home.easting - placed.easting) * (home.easting - placed.easting)
                + (home.northing - placed.northing) * (home.northing - placed.northing) >= 32266.465 * 32266.465 THEN 'gt20'
            ELSE 'le20'
        END AS distance_band,
        CASE WHEN placed.postcode IS NULL THEN NULL WHEN placed.area = p.area THEN 'in' ELSE 'out' END AS locality,
        -- On any day of the twelve months to the date (dossier B5); DUC is the day on which the status ceased.
        CASE WHEN p.ever_unaccompanied = 1 AND (p.duc IS NULL OR p.duc > a.from_day) THEN 'uasc' ELSE 'not_uasc' END AS uasc,
        h.place AS home_place,
        h.place_provider AS home_provider
    FROM asked a
    JOIN housed e ON e.decom <= a.on_day AND (e.dec IS NULL OR e.dec > a.on_day)
    JOIN person p ON p.child = e.child
    JOIN in_care h ON h.child = e.child AND h.decom = e.lives_since
    LEFT JOIN postcode home ON home.postcode = h.home_post
    LEFT JOIN postcode placed ON placed.postcode = h.pl_post
) s
WHERE years < 18;

-- Children who started to be looked after in the twelve months, each once, at the first start (dossier B2).
CREATE TABLE starter AS
SELECT s.*,
    CASE WHEN years = 0 THEN '0' WHEN years <= 4 THEN '1_4' WHEN years <= 9 THEN '5_9' WHEN years <= 15 THEN '10_15' ELSE '16_plus' END AS age_band
FROM (
    SELECT a.on_day, e.child, p.sex,
        CAST(SUBSTR(e.decom, 1, 4) AS INTEGER) - CAST(SUBSTR(p.dob, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(e.decom, 6) < SUBSTR(p.dob, 6) THEN 1 ELSE 0 END AS years,
        LOWER(e.cin) AS need,
        CASE e.ls
            WHEN 'C1' THEN 'interim_care'
            WHEN 'C2' THEN 'full_care'
            WHEN 'E1' THEN 'placement_order'
            WHEN 'D1' THEN 'placement_order'
            WHEN 'V2' THEN 's20'
            WHEN 'L1' THEN 'police_protection'
            WHEN 'L2' THEN 'emergency_protection'
            WHEN 'L3' THEN 'child_assessment'
            WHEN 'J1' THEN 'remand'
            WHEN 'J2' THEN 'pace'
            WHEN 'J3' THEN 'youth_rehabilitation'
        END AS legal_status,
        -- Nobody's status ceases before care begins, so whoever ever had it had it on that day.
        CASE WHEN p.ever_unaccompanied = 1 AND (p.duc IS NULL OR p.duc > e.decom) THEN 'uasc' ELSE 'not_uasc' END AS uasc
    FROM (
        SELECT a.on_day, e.child, MIN(e.decom) AS decom
        FROM asked a
        JOIN in_care e ON e.rne = 'S' AND e.decom BETWEEN a.from_day AND a.on_day
        GROUP BY a.on_day, e.child
    ) a
    JOIN in_care e ON e.child = a.child AND e.decom = a.decom
    JOIN person p ON p.child = e.child
) s
WHERE years < 18;

-- Children who ceased to be looked after in the twelve months, each once, at the last end (dossier B2).
CREATE TABLE leaver AS
SELECT l.*,
    CASE
        WHEN years = 0 THEN '0'
        WHEN years <= 4 THEN '1_4'
        WHEN years <= 9 THEN '5_9'
        WHEN years <= 15 THEN '10_15'
        WHEN years = 16 THEN '16'
        WHEN years = 17 THEN '17'
        ELSE '18_plus'
    END AS age
FROM (
    SELECT a.on_day, e.child, p.sex,
        CAST(SUBSTR(e.dec, 1, 4) AS INTEGER) - CAST(SUBSTR(p.dob, 1, 4) AS INTEGER)
            - CASE WHEN SUBSTR(e.dec, 6) < SUBSTR(p.dob, 6) THEN 1 ELSE 0 END AS years,
        CASE
            WHEN e.rec IN ('E11', 'E12') THEN 'adopted'
            WHEN e.rec = 'E2' THEN 'died'
            WHEN e.rec = 'E3' THEN 'other_la'
            WHEN e.rec = 'E4A' THEN 'home_planned'
            WHEN e.rec = 'E4B' THEN 'home_unplanned'
            WHEN e.rec = 'E13' THEN 'no_pr'
            WHEN e.rec = 'E41' THEN 'cao'
            WHEN e.rec IN ('E45', 'E46', 'E47', 'E48') THEN 'sgo'
            WHEN e.rec = 'E5' THEN 'independent_supported'
            WHEN e.rec = 'E6' THEN 'independent_unsupported'
            WHEN e.rec = 'E7' THEN 'adult_residential'
            WHEN e.rec = 'E9' THEN 'custody'
            WHEN e.rec = 'E14' THEN 'remand_ended'
            WHEN e.rec = 'E15' THEN 'age_assessed_18'
            WHEN e.rec = 'E16' THEN 'abroad'
            WHEN e.rec = 'E17' THEN 'stayed_18'
            WHEN e.rec = 'E8' THEN 'other'
        END AS reason,
        -- The status ceases on the 18th birthday at the latest, which may be the day of leaving.
        CASE WHEN p.ever_unaccompanied = 1 AND (p.duc IS NULL OR p.duc >= e.dec) THEN 'uasc' ELSE 'not_uasc' END AS uasc
    FROM (
        SELECT a.on_day, e.child, MAX(e.dec) AS dec
        FROM asked a
        JOIN in_care e ON e.rec <> 'X1' AND e.dec BETWEEN a.from_day AND a.on_day
        GROUP BY a.on_day, e.child
    ) a
    JOIN in_care e ON e.child = a.child AND e.dec = a.dec
    JOIN person p ON p.child = e.child
) l;

-- Moves from one placement to another in the twelve months. A row that begins with S, L, T or U brings no other carer; a temporary stay and the
-- return from it, although that is coded P (rule 383), are no move unless the child comes to another address (dossier B3).
CREATE TABLE move AS
SELECT a.on_day, m.child, LOWER(COALESCE(last.reason_place_change, m.reason_place_change)) AS reason
FROM in_care m
JOIN in_care n ON n.child = m.child AND n.began = m.began AND n.away = 0
    AND n.decom = (
        SELECT MIN(x.decom) FROM in_care x WHERE x.child = m.child AND x.began = m.began AND x.away = 0 AND x.decom > m.decom
    )
JOIN in_care last ON last.child = n.child AND last.dec = n.decom
JOIN asked a ON n.decom BETWEEN a.from_day AND a.on_day
WHERE m.away = 0 AND n.rne IN ('P', 'B') AND (n.decom = m.dec OR n.pl_post <> m.pl_post);

-- So that the counts below are quick.
ANALYZE;
