-- How search reads a text. One normaliser for whatever is searched: full text, names, titles, and
-- what somebody types. config/search/text.py does the same in Python; a test holds them together.
--
-- Latin, Greek, Cyrillic, Hebrew and Arabic letters lose their marks. Other scripts keep theirs,
-- because there a mark is a vowel or part of a letter.

-- The text in lower case and without marks. One space stands between two words. A hyphen stands
-- where a hyphen, an apostrophe, "&" or a zero-width non-joiner joined two parts of a word. The
-- Arabic article before a space is left out. Characters that nobody sees are left out.
CREATE FUNCTION search_text(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := lower(words);
BEGIN
    IF octet_length(words) <> length(words) THEN
        -- Compatibility forms are taken apart: ligatures, wide letters, Arabic presentation forms.
        read := lower(normalize(words, NFKD));
        -- Marks, the Arabic tatweel and hamza, variation selectors and format characters.
        read := regexp_replace(read,
            '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061c\u0621\u0640\u064b-\u065f'
            '\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a'
            '\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u0600-\u0605\u070f\u180b-\u180f\u200b\u200d-\u200f'
            '\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+', '', 'g');
        -- Letters that one form stands for; the digits of other scripts.
        read := translate(read,
            'ıøłđħŧŋðɨʉƶςґ' || 'ٱىیےکڪةہھەۀ'
            || '٠١٢٣٤٥٦٧٨٩' || '۰۱۲۳۴۵۶۷۸۹' || '०१२३४५६७८९' || '০১২৩৪৫৬৭৮৯'
            || '๐๑๒๓๔๕๖๗๘๙' || '໐໑໒໓໔໕໖໗໘໙' || '༠༡༢༣༤༥༦༧༨༩' || '၀၁၂၃၄၅၆၇၈၉' || '០១២៣៤៥៦៧៨៩',
            'ioldhtndiuzσг' || 'ايييككههههه'
            || '0123456789' || '0123456789' || '0123456789' || '0123456789'
            || '0123456789' || '0123456789' || '0123456789' || '0123456789' || '0123456789');
        read := replace(replace(replace(replace(read,
            'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th');
        read := normalize(read, NFC);
    END IF;
    IF read ~ '[^a-z0-9 ]' THEN
        -- "U.S." is one word.
        read := regexp_replace(read,
            '(?<![a-z0-9\u00df-\u024f\u0370-\u03ff\u0400-\u052f])'
            '([a-z\u00df-\u024f\u0370-\u03ff\u0400-\u052f])\.', '\1', 'g');
        -- The English genitive.
        read := regexp_replace(read, '[''’ʼ]s(?![a-z0-9])', '', 'g');
        read := translate(read, '''’‘ʼʻʾʿ`‛′ʹʺ&‐‑‒–—―−' || U&'\200C', repeat('-', 21));
        read := regexp_replace(read,
            '[\s_./\\:;,!?@#%+*=<>|~^"()\[\]{}$¡§«¶·»¿\u2016-\u205e\u3000-\u303f'
            '\u05be\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4]+', ' ', 'g');
        -- What joins nothing is no part of a word.
        read := regexp_replace(regexp_replace(read, '-+( |$)', ' ', 'g'), '(^| )-+', ' ', 'g');
        read := regexp_replace(read, '-+', '-', 'g');
        read := regexp_replace(read, '(?<![^ -])ال[ -]?(?=[\u0622-\u064a]{3})', '', 'g');
    END IF;
    read := btrim(regexp_replace(read, ' {2,}', ' ', 'g'));
    RETURN regexp_replace(read,
        '(?<![^ -])(?:[ae]l|[ae]sh(?=[ -]sh[^ -])|[ae]r(?=[ -]r[^ -])|[ae]s(?=[ -]s[^ -])'
        '|[ae]d(?=[ -]d[^ -])|[ae]t(?=[ -]t[^ -])|[ae]n(?=[ -]n[^ -])|[ae]z(?=[ -]z[^ -])) ',
        '', 'g');
END
$$;

-- The words of a text that search_text has read, where a joint parts words: "khan sheikhoun". The
-- Arabic article is no word of its own.
CREATE FUNCTION parted_words(read text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN strpos(read, '-') = 0 THEN read ELSE replace(regexp_replace(read,
    '(?<![^ -])(?:[ae]l|[ae]sh(?=-sh[^ -])|[ae]r(?=-r[^ -])|[ae]s(?=-s[^ -])|[ae]d(?=-d[^ -])'
    '|[ae]t(?=-t[^ -])|[ae]n(?=-n[^ -])|[ae]z(?=-z[^ -]))-', '', 'g'), '-', ' ') END;

-- The words of such a text that have a joint, where it is nothing: "khansheikhoun".
CREATE FUNCTION joined_words(read text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(ARRAY(
    SELECT replace(word, '-', '') FROM unnest(string_to_array(read, ' ')) AS word
    WHERE strpos(word, '-') > 0), ' ');

-- All words by which a text is found, in both readings. No phrase reaches over the word xgapx, which
-- stands between the two.
CREATE FUNCTION search_words(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := search_text(words);
BEGIN
    RETURN CASE WHEN strpos(read, '-') = 0 THEN read
        ELSE concat(parted_words(read), ' xgapx ', joined_words(read)) END;
END
$$;
