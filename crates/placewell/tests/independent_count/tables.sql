-- The files of the returns as they stand, one table each; blanks are null, dates are text such as 2026-03-31.
CREATE TABLE header (return_year INTEGER, child TEXT, sex TEXT, dob TEXT, ethnic TEXT);
CREATE TABLE episode (
    return_year INTEGER, child TEXT, decom TEXT, rne TEXT, ls TEXT, cin TEXT, place TEXT, place_provider TEXT,
    dec TEXT, rec TEXT, reason_place_change TEXT, home_post TEXT, pl_post TEXT
);
CREATE TABLE uasc (return_year INTEGER, child TEXT, duc TEXT);
-- Which authority each child is looked after by: the folder in which its return lies.
CREATE TABLE responsible (child TEXT, authority TEXT, area TEXT);
-- The ONS postcode directory, those postcodes that the returns name: metres on the national grid, code of the upper-tier authority.
CREATE TABLE postcode (postcode TEXT, easting BIGINT, northing BIGINT, area TEXT);
-- The dates at which is counted, each with the first day of the twelve months that end on it.
CREATE TABLE asked (on_day TEXT, from_day TEXT);
