package io.guildhall.domain.gig;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.kernel.Personal;
import java.util.List;
import java.util.Optional;

/**
 * The description of a gig.
 *
 * @param tags skills that the freelancer uses for it
 * @param packages at most one of each tier, in the order of the tiers
 * @param media keys of the freelancer's own files, in display order
 */
public record GigDetails(
        @Personal String title,
        @Personal String description,
        @Personal String category,
        @Personal List<String> tags,
        List<GigPackage> packages,
        @Personal List<String> media) {
    public GigDetails {
        tags = List.copyOf(tags);
        packages = List.copyOf(packages);
        media = List.copyOf(media);
    }

    public Optional<GigPackage> find(Tier tier) {
        return packages.stream().filter(it -> it.tier() == tier).findFirst();
    }

    /**
     * Whether the tiers ascend, the prices are positive, in one currency and do not fall, and days and revisions are in
     * range.
     */
    boolean hasValidPackages() {
        for (int i = 0; i < packages.size(); i++) {
            var it = packages.get(i);
            if (it.price().amount() == 0 || it.deliveryDays() < 1 || it.revisions() < 0) return false;
            if (i > 0 && !it.canFollow(packages.get(i - 1))) return false;
        }
        return true;
    }

    /** The key of a file starts with the id of its owner. */
    boolean hasOnlyMediaOf(String accountId) {
        return media.stream().allMatch(it -> it.startsWith(accountId + "/"));
    }
}
