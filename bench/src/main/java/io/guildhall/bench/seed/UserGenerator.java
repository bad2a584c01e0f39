package io.guildhall.bench.seed;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Generates users with names from many countries and e-mail addresses that do not exist. */
final class UserGenerator {
    private final SeedSources sources;
    private final long seed;

    UserGenerator(SeedSources sources, long seed) {
        this.sources = sources;
        this.seed = seed;
    }

    SeedUser freelancer(String id, int index, SeedUser.Profile profile) {
        return user(id, SeededRandom.of(seed, "name", index, 0), "FREELANCER", Optional.of(profile));
    }

    SeedUser client(String id, int index) {
        return user(id, SeededRandom.of(seed, "client", index, 0), "CLIENT", Optional.empty());
    }

    private SeedUser user(String id, Random random, String role, Optional<SeedUser.Profile> profile) {
        var names = sources.names().get(random.nextInt(sources.names().size()));
        var given = names.given().get(random.nextInt(names.given().size()));
        var family = names.family().get(random.nextInt(names.family().size()));
        return new SeedUser(
                id, email(given, family, id), given + " " + family, names.country(), List.of(role), profile);
    }

    private static String email(String given, String family, String id) {
        return asciiLetters(given) + "." + asciiLetters(family) + "@" + id.substring(id.indexOf('_') + 1)
                + ".example.com";
    }

    private static String asciiLetters(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("ı", "i")
                .replace("đ", "d")
                .replaceAll("[^a-z]", "");
    }
}
