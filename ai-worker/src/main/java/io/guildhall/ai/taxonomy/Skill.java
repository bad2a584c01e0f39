package io.guildhall.ai.taxonomy;

import java.util.List;

/**
 * A skill of the taxonomy.
 *
 * @param slug never changes, because profiles and orders contain it
 * @param category slug of its category
 * @param aliases other names; no other skill has them
 * @param related slugs of related skills, closest first. Written for one direction, valid in both
 * @param titles typical job titles. Several skills can share one
 */
public record Skill(
        String slug, String name, String category, List<String> aliases, List<String> related, List<String> titles) {
    public Skill {
        aliases = List.copyOf(aliases);
        related = List.copyOf(related);
        titles = List.copyOf(titles);
    }
}
