package io.guildhall.bench.seed;

import java.nio.file.Path;

/** Fills a house with the demo marketplace, or shows it. */
public final class Seed {
    private final Marketplace marketplace;

    public Seed(long seed, int percent) {
        this.marketplace = Marketplace.generate(seed, percent);
    }

    public int print(Path folder) {
        Print.to(folder, marketplace);
        System.out.printf(
                "%d people, %d gigs, %d jobs, what suits what, and %d queries are in %s%n",
                marketplace.people().size(),
                marketplace.gigs().size(),
                marketplace.jobs().size(),
                Marketplace.queries().size(),
                folder.toAbsolutePath().normalize());
        return 0;
    }
}
