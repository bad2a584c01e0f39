package io.guildhall.domain.gig;

import io.guildhall.domain.gig.GigPackage.Tier;
import java.util.List;
import java.util.Optional;

/**
 * What a freelancer offers.
 *
 * @param tags the skills it is done with
 * @param packages at most one of each tier, from the least to the most
 * @param media keys of files of the freelancer's, in the order of showing
 */
public record GigDetails(
        String title,
        String description,
        String category,
        List<String> tags,
        List<GigPackage> packages,
        List<String> media) {
    public GigDetails {
        tags = List.copyOf(tags);
        packages = List.copyOf(packages);
        media = List.copyOf(media);
    }

    public Optional<GigPackage> of(Tier tier) {
        return packages.stream().filter(it -> it.tier() == tier).findFirst();
    }

    /** Tiers that rise, in one currency, with prices above nothing that do not fall. */
    boolean hasSoundPackages() {
        for (int i = 0; i < packages.size(); i++) {
            var it = packages.get(i);
            if (it.price().amount() == 0 || it.deliveryDays() < 1 || it.revisions() < 0) return false;
            if (i > 0 && !it.follows(packages.get(i - 1))) return false;
        }
        return true;
    }

    /** A file's key begins with its owner. */
    boolean hasOnlyMediaOf(String accountId) {
        return media.stream().allMatch(it -> it.startsWith(accountId + "/"));
    }
}
