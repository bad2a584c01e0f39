package io.guildhall.port;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The known skills with all their names. Every method accepts any text and never fails. */
public interface Skills {
    /**
     * Returns the canonical name of a freely written skill, such as "React" for "reactjs"; empty if the skill is
     * unknown.
     */
    Optional<String> canonicalName(String text);

    /**
     * Suggests known skills for an unknown one: those that it mentions or that are spelled similarly, closest first. At
     * most five names.
     */
    List<String> suggestions(String text);

    /** Returns all names of a skill in lower case. For an unknown skill only the text itself. Never empty. */
    Set<String> spellings(String text);

    /** Returns the categories of skills, which are those of jobs and gigs, in display order. */
    List<SkillCategory> categories();

    /**
     * Returns known skills with a name that has a word beginning with this text: first those whose own name begins with it,
     * each part in alphabetical order. All skills for a blank text.
     *
     * @param max of the result
     */
    List<KnownSkill> startingWith(String text, int max);

    /** @param description one sentence */
    record SkillCategory(String slug, String name, String description) {}

    /** @param category slug of its category */
    record KnownSkill(String name, String category) {}

    /** Compares required with offered skills, both as users wrote them. */
    Coverage coverage(Collection<String> required, Collection<String> offered);

    /**
     * Which of the required skills are offered. Each required skill is in exactly one of the lists.
     *
     * @param related required skills that are not offered, but a related skill is
     */
    record Coverage(List<String> matched, List<RelatedSkill> related, List<String> missing) {
        /**
         * A required skill and the closest related skill that is offered.
         *
         * @param required the required skill
         * @param offered the related skill that is offered
         * @param closeness between 0 and 1
         */
        public record RelatedSkill(String required, String offered, double closeness) {}
    }
}
