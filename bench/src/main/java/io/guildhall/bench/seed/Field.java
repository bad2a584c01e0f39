package io.guildhall.bench.seed;

import java.util.List;
import java.util.Set;

/**
 * A field of freelance work, in hand-written parts. The texts may hold choices {@code {this|that}}, one inside another, and the slots of
 * {@link Phrases}.
 *
 * @param near fields whose people could help too
 * @param terms what freelancers call the work
 * @param plain what clients call it who do not know the terms, in none of their words
 * @param makes what is handed over
 * @param price of a whole job, in whole units of money
 * @param rate of an hour, in whole units of money
 * @param needs what clients say, first in plain words, in the end as those who know the trade
 */
record Field(
        String slug,
        String name,
        String category,
        Set<String> near,
        List<String> terms,
        List<String> plain,
        List<String> skills,
        List<String> tools,
        List<String> makes,
        Range price,
        Range rate,
        Range days,
        List<String> headlines,
        List<String> gigTitles,
        List<String> jobTitles,
        List<String> bios,
        List<String> offers,
        List<String> needs) {

    record Range(int least, int most) {
        Range {
            if (least < 1 || least > most) throw new IllegalArgumentException(least + " to " + most + " is no range");
        }
    }
}
