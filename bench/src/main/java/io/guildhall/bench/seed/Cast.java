package io.guildhall.bench.seed;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Who takes part: names from many countries, and addresses that nobody has. */
final class Cast {
    private final Parts parts;
    private final long seed;

    Cast(Parts parts, long seed) {
        this.parts = parts;
        this.seed = seed;
    }

    SeedPerson freelancer(String id, int index, SeedPerson.Profile profile) {
        return person(id, Chance.of(seed, "name", index, 0), "FREELANCER", Optional.of(profile));
    }

    SeedPerson client(String id, int index) {
        return person(id, Chance.of(seed, "client", index, 0), "CLIENT", Optional.empty());
    }

    private SeedPerson person(String id, Random chance, String role, Optional<SeedPerson.Profile> profile) {
        var names = parts.names().get(chance.nextInt(parts.names().size()));
        var given = names.given().get(chance.nextInt(names.given().size()));
        var family = names.family().get(chance.nextInt(names.family().size()));
        return new SeedPerson(
                id, email(given, family, id), given + " " + family, names.country(), List.of(role), profile);
    }

    private static String email(String given, String family, String id) {
        return plain(given) + "." + plain(family) + "@" + id.substring(id.indexOf('_') + 1) + ".example.com";
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("ı", "i")
                .replace("đ", "d")
                .replaceAll("[^a-z]", "");
    }
}
