package io.guildhall.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final long LAST_MILLI = (1L << 48) - 1;

    @Property
    void sortByTime(
            @ForAll @LongRange(max = LAST_MILLI) long earlier,
            @ForAll @LongRange(max = LAST_MILLI) long later,
            @ForAll long seed) {
        if (earlier == later) return;
        var first = Ids.generate("job", Instant.ofEpochMilli(Math.min(earlier, later)), new Random(seed));
        var second = Ids.generate("job", Instant.ofEpochMilli(Math.max(earlier, later)), new Random(~seed));
        assertTrue(first.compareTo(second) < 0, () -> first + " " + second);
    }

    @Test
    void areUniqueWithinAMillisecond() {
        var chance = new SecureRandom();
        var ids = Stream.generate(() -> Ids.generate("job", NOW, chance))
                .limit(50_000)
                .collect(Collectors.toSet());
        assertEquals(50_000, ids.size());
    }

    @Property
    void areSafeInUrlsAndWellFormed(@ForAll long seed) {
        var id = Ids.generate("job", NOW, new Random(seed));
        assertTrue(id.matches("job_[0-9abcdefghjkmnpqrstvwxyz]{26}"), id);
        assertEquals(id, URLEncoder.encode(id, StandardCharsets.UTF_8));
        assertTrue(Ids.isWellFormed("job", id));
        assertFalse(Ids.isWellFormed("ctr", id));
        assertEquals(id.substring(4), Ids.body(id));
    }

    @Test
    void derivedIdsAreWellFormed() {
        var job = Ids.body(Ids.generate("job", NOW, new Random(1)));
        assertTrue(Ids.isWellFormed("prp", "prp_" + job + "-" + job));
        assertTrue(Ids.isWellFormed("esc", "esc_" + job + "-12"));
        assertTrue(Ids.isWellFormed("rm", "rm_" + job));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "job",
                "job_",
                "job_A",
                "job_1\n",
                "\njob_1",
                "job_1/../2",
                "job_1|2",
                "job_1%00",
                "job_1 ",
                "job_1'--",
                "job_é",
                "job_１",
                "jobs_1",
                "JOB_1",
                "job_1_2",
                "job_1\u0000",
                "job_1234567890123456789012345678901234567890123456789012345678901"
            })
    void hostileTextDoesNotLookLikeOne(String text) {
        assertFalse(Ids.isWellFormed("job", text));
    }

    @Test
    void encodesTimeInTenCharacters() {
        assertTrue(Ids.generate("job", Instant.EPOCH, new Random(1)).startsWith("job_0000000000"));
        assertTrue(Ids.generate("job", Instant.ofEpochMilli(LAST_MILLI), new Random(1))
                .startsWith("job_7zzzzzzzzz"));
    }
}
