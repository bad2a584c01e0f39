package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole marketplace, the same for the same seed and scale on every machine. Ids tell the seed, such as {@code job_seed-1-j17}, and are those
 * of the running house too.
 */
public record Marketplace(long seed, List<SeedPerson> people, List<SeedGig> gigs, List<SeedJob> jobs, Truth truth) {
    private static final int FREELANCERS = 1_200;
    private static final int CLIENTS = 320;
    private static final int GIGS = 1_800;
    private static final int JOBS = 900;

    public Marketplace {
        people = List.copyOf(people);
        gigs = List.copyOf(gigs);
        jobs = List.copyOf(jobs);
    }

    /** @param percent of the usual size; each field has somebody even in the smallest */
    public static Marketplace generate(long seed, int percent) {
        return new Founding(seed, percent, Parts.load()).found();
    }

    /** The same for every seed, written by hand. */
    public static List<SeedQuery> queries() {
        return Parts.load().queries();
    }

    /** Slugs of all fields. */
    public static List<String> fields() {
        return Parts.load().fields().stream().map(Field::slug).toList();
    }

    private static final class Founding {
        private final long seed;
        private final int percent;
        private final Parts parts;
        private final Map<String, Field> bySlug;
        private final Map<String, Truth.Topic> topics = new LinkedHashMap<>();
        private final Set<String> texts = new HashSet<>();

        Founding(long seed, int percent, Parts parts) {
            this.seed = seed;
            this.percent = percent;
            this.parts = parts;
            this.bySlug = parts.fields().stream().collect(Collectors.toMap(Field::slug, Function.identity()));
        }

        Marketplace found() {
            var cast = new Cast(parts, seed);
            int clients = Math.max(1, CLIENTS * percent / 100);
            var freelancers = all(size(FREELANCERS), i -> freelancer(cast, i));
            var byField = freelancers.stream()
                    .collect(Collectors.groupingBy(it -> topics.get(it.id()).field()));
            var gigs = all(size(GIGS), i -> gig(byField, i));
            var jobs = all(size(JOBS), i -> job(clients, i));
            var people = IntStream.range(0, clients)
                    .mapToObj(i -> cast.client(clientId(i), i))
                    .collect(Collectors.toCollection(() -> new ArrayList<>(freelancers)));
            var near = bySlug.values().stream().collect(Collectors.toMap(Field::slug, Field::near));
            return new Marketplace(seed, people, gigs, jobs, new Truth(topics, near));
        }

        private int size(int usual) {
            return Math.max(parts.fields().size(), usual * percent / 100);
        }

        private static <T> List<T> all(int count, IntFunction<T> make) {
            return IntStream.range(0, count).mapToObj(make).toList();
        }

        private Field field(int i) {
            return parts.fields().get(i % parts.fields().size());
        }

        private String clientId(int i) {
            return "acc_seed-" + seed + "-c" + i;
        }

        private SeedPerson freelancer(Cast cast, int i) {
            var id = "acc_seed-" + seed + "-f" + i;
            var field = field(i);
            return unlikeAll(
                    attempt -> {
                        var writer = new Writer(parts, field, Chance.of(seed, "freelancer", i, attempt));
                        var side = writer.side(bySlug);
                        topics.put(id, new Truth.Topic(field.slug(), side.map(Field::slug)));
                        return cast.freelancer(id, i, writer.profile(side));
                    },
                    it -> it.profile().orElseThrow().bio());
        }

        private SeedGig gig(Map<String, List<SeedPerson>> freelancers, int i) {
            var id = "gig_seed-" + seed + "-g" + i;
            var field = field(i);
            topics.put(id, new Truth.Topic(field.slug(), Optional.empty()));
            return unlikeAll(
                    attempt -> {
                        var writer = new Writer(parts, field, Chance.of(seed, "gig", i, attempt));
                        return writer.gig(
                                id, writer.pick(freelancers.get(field.slug())).id());
                    },
                    SeedGig::description);
        }

        private SeedJob job(int clients, int i) {
            var id = "job_seed-" + seed + "-j" + i;
            var field = field(i);
            topics.put(id, new Truth.Topic(field.slug(), Optional.empty()));
            return unlikeAll(
                    attempt -> {
                        var chance = Chance.of(seed, "job", i, attempt);
                        return new Writer(parts, field, chance).job(id, clientId(chance.nextInt(clients)));
                    },
                    SeedJob::description);
        }

        /** Written anew until nobody has written the same. */
        private <T> T unlikeAll(IntFunction<T> write, Function<T, String> text) {
            for (int attempt = 0; ; attempt++) {
                var written = write.apply(attempt);
                if (texts.add(text.apply(written))) return written;
            }
        }
    }
}
