package io.guildhall.bench.seed;

import java.util.List;
import java.util.Set;

/**
 * A field of freelance work with hand-written texts. The texts are templates for {@link TemplateExpander}.
 *
 * @param related slugs of fields whose freelancers could help too
 * @param terms what freelancers call the work
 * @param plain what clients without knowledge of the field call it; shares no word with the terms
 * @param deliverables what the freelancer hands over
 * @param price of a whole job, in major units
 * @param rate for an hour, in major units
 * @param days for a whole job
 * @param offers sentences of gig descriptions
 * @param needs sentences of job descriptions: first those in plain words, then those of clients who know the field
 */
record WorkField(
        String slug,
        String name,
        String category,
        Set<String> related,
        List<String> terms,
        List<String> plain,
        List<String> skills,
        List<String> tools,
        List<String> deliverables,
        Range price,
        Range rate,
        Range days,
        List<String> headlines,
        List<String> gigTitles,
        List<String> jobTitles,
        List<String> bios,
        List<String> offers,
        List<String> needs) {

    record Range(int min, int max) {
        Range {
            if (min < 1 || min > max) throw new IllegalArgumentException("invalid range: " + min + " to " + max);
        }
    }
}
