package io.guildhall.ai.taxonomy;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The known skills with their names, categories and related skills. Immutable and thread-safe. Methods accept texts of
 * any length and take linear time.
 */
public final class Taxonomy {
    private static final int MAX_RELATED = 8;

    private final SequencedMap<String, Category> categories;
    private final SequencedMap<String, Skill> skills;
    private final Map<String, List<Related>> related;
    private final Normaliser normaliser;
    private final Extractor extractor;

    Taxonomy(Map<String, Category> categories, Map<String, Skill> skills, Map<String, MentionConfidence> everyday) {
        this.categories = new LinkedHashMap<>(categories);
        this.skills = new LinkedHashMap<>(skills);
        this.related = related(this.skills);
        this.normaliser = new Normaliser(this.skills.values());
        this.extractor = new Extractor(this.skills.values(), everyday);
    }

    /** Loads the taxonomy that is part of the program. */
    public static Taxonomy bundled() {
        return loadBundled().build();
    }

    /**
     * Loads the bundled taxonomy and extends it with a file. Its lines have the columns of {@code skills.tsv}; a line
     * with the slug of an existing skill adds aliases, related skills and titles to it. Lines that begin with the
     * column {@code @category} have the columns of {@code categories.tsv}, lines that begin with {@code @everyday}
     * those of {@code everyday.tsv}.
     *
     * @throws MalformedTaxonomyException if a line is malformed or contradicts another
     */
    public static Taxonomy extendedBy(Path file) throws IOException {
        TaxonomyBuilder builder = loadBundled();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (TaxonomyLine line : TaxonomyLine.read(file.toString(), reader)) {
                switch (line.cell(0)) {
                    case "@category" -> builder.addCategory(line.skip(1));
                    case "@everyday" -> builder.addEveryday(line.skip(1));
                    default -> builder.addOrExtendSkill(line);
                }
            }
        }
        return builder.build();
    }

    private static TaxonomyBuilder loadBundled() {
        TaxonomyBuilder builder = new TaxonomyBuilder();
        resource("categories.tsv").forEach(builder::addCategory);
        resource("everyday.tsv").forEach(builder::addEveryday);
        resource("skills.tsv").forEach(builder::addSkill);
        return builder;
    }

    private static List<TaxonomyLine> resource(String name) {
        String path = "/taxonomy/" + name;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Taxonomy.class.getResourceAsStream(path), path), StandardCharsets.UTF_8))) {
            return TaxonomyLine.read(name, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Related skills in both directions: those that a skill lists, and those that list it. */
    private static Map<String, List<Related>> related(Map<String, Skill> skills) {
        Map<String, SequencedMap<String, Double>> closeness = new HashMap<>();
        skills.keySet().forEach(slug -> closeness.put(slug, new LinkedHashMap<>()));
        for (Skill skill : skills.values()) {
            for (int rank = 0; rank < skill.related().size(); rank++) {
                double close = 0.6 * Math.pow(0.85, rank);
                String other = skill.related().get(rank);
                requireNonNull(closeness.get(skill.slug())).merge(other, close, Math::max);
                requireNonNull(closeness.get(other)).merge(skill.slug(), close * 0.8, Math::max);
            }
        }
        Map<String, List<Related>> related = HashMap.newHashMap(skills.size());
        closeness.forEach((slug, others) -> related.put(
                slug,
                others.entrySet().stream()
                        .map(other -> new Related(requireNonNull(skills.get(other.getKey())), other.getValue()))
                        .sorted((a, b) -> Double.compare(b.closeness(), a.closeness()))
                        .limit(MAX_RELATED)
                        .toList()));
        return related;
    }

    /**
     * Returns all words in the names and titles of skills and the names of categories, in lower case and without
     * accents.
     */
    public Set<String> words() {
        Stream<String> texts = Stream.concat(
                categories.values().stream().map(Category::name),
                skills.values().stream()
                        .flatMap(skill -> Stream.of(List.of(skill.name()), skill.aliases(), skill.titles())
                                .flatMap(List::stream)));
        return texts.flatMap(text -> Tokenizer.tokenize(text).stream())
                .map(Token::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the categories in display order. */
    public SequencedCollection<Category> categories() {
        return List.copyOf(categories.values());
    }

    public SequencedCollection<Skill> skills() {
        return List.copyOf(skills.values());
    }

    public Optional<Skill> skill(String slug) {
        return Optional.ofNullable(skills.get(slug));
    }

    /** Returns the skills related to a skill of this taxonomy, closest first. */
    public List<Related> related(Skill skill) {
        return requireNonNull(related.get(skill.slug()));
    }

    /** Returns the skill that a text names, such as "reactjs" or "React.js developer"; empty if there is none. */
    public Optional<Skill> normalise(String text) {
        return normaliser.find(text);
    }

    /**
     * Finds the skills that a text mentions, in text order, without overlaps. The longest name wins: "React Native"
     * does not contain React. An everyday word counts only if the context shows that the skill is meant.
     */
    public List<FoundSkill> extract(String text) {
        return extractor.extractFromText(text);
    }

    /** Adds further terms to a search text. */
    public Expansion expand(String query) {
        return Expansion.of(query, mentioned(query), this);
    }

    private List<Skill> mentioned(String query) {
        List<Skill> mentioned = new ArrayList<>();
        extractor.extractFromQuery(query).forEach(it -> mentioned.add(it.skill()));
        if (mentioned.isEmpty()) normalise(query).ifPresent(mentioned::add);
        return mentioned.stream().distinct().toList();
    }

    /** Compares required with offered skills, both as users wrote them. */
    public Explanation explain(Collection<String> required, Collection<String> offered) {
        return Explanation.of(required, offered, this);
    }
}
