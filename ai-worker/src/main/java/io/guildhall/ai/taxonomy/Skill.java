package io.guildhall.ai.taxonomy;

import java.util.List;

/**
 * Something that people do for a living.
 *
 * @param slug stable once published: profiles and orders keep it
 * @param category slug of its category
 * @param aliases what else people call it; each leads to this skill alone
 * @param related slugs of other skills, the closest first; they may be related in one direction only
 * @param titles usual job titles: hints, several skills may share one
 */
public record Skill(
        String slug, String name, String category, List<String> aliases, List<String> related, List<String> titles) {
    public Skill {
        aliases = List.copyOf(aliases);
        related = List.copyOf(related);
        titles = List.copyOf(titles);
    }
}
