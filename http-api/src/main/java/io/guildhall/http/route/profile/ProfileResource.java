package io.guildhall.http.route.profile;

import io.guildhall.domain.profile.Completeness;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.http.endpoint.Versioned;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.file.FileResource;
import io.guildhall.kernel.Money;
import io.guildhall.port.FileKey;
import io.guildhall.port.FileStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A profile. It never contains the e-mail address or the payout account.
 *
 * @param hints how to complete the profile, the most helpful first; for its owner only
 * @param handleChangeableFrom when the handle can be changed again; for its owner only, absent if it was never changed
 */
public record ProfileResource(
        String accountId,
        String handle,
        String name,
        String country,
        String headline,
        String bio,
        List<String> skills,
        Optional<Money> hourlyRate,
        List<Showcase.Language> languages,
        Optional<Showcase.Availability> availability,
        String location,
        List<String> links,
        Optional<FileResource> picture,
        List<PortfolioItem> portfolio,
        Optional<List<Completeness.ProfileHint>> hints,
        Optional<Instant> handleChangeableFrom,
        long revision)
        implements Versioned {

    public record PortfolioItem(String title, String text, Optional<String> link, List<FileResource> files) {
        private static PortfolioItem of(Showcase.Work work, FileStore files) {
            return new PortfolioItem(
                    work.title(),
                    work.text(),
                    work.link(),
                    work.files().stream().flatMap(key -> file(key, files)).toList());
        }
    }

    static ProfileResource forOwner(String accountId, Profile profile, FileStore files) {
        var existing = existing(profile);
        return create(
                accountId,
                existing,
                files,
                Optional.of(Completeness.hintsFor(existing.details())),
                existing.handleChangeableFrom());
    }

    static ProfileResource forOthers(String accountId, Profile profile, FileStore files) {
        return create(accountId, existing(profile), files, Optional.empty(), Optional.empty());
    }

    private static Profile.Created existing(Profile profile) {
        return switch (profile) {
            case Profile.NotCreated _ -> throw AggregateApi.notFound();
            case Profile.Created it -> it;
        };
    }

    private static ProfileResource create(
            String accountId,
            Profile.Created profile,
            FileStore files,
            Optional<List<Completeness.ProfileHint>> hints,
            Optional<Instant> handleChangeableFrom) {
        var details = profile.details();
        var showcase = details.showcaseOrEmpty();
        return new ProfileResource(
                accountId,
                profile.handle(),
                profile.name(),
                profile.country(),
                details.headline(),
                details.bio(),
                details.skills(),
                details.hourlyRate(),
                showcase.languages(),
                showcase.availability(),
                showcase.location(),
                showcase.links(),
                showcase.picture().stream().flatMap(key -> file(key, files)).findFirst(),
                showcase.portfolio().stream()
                        .map(work -> PortfolioItem.of(work, files))
                        .toList(),
                hints,
                handleChangeableFrom,
                profile.revision());
    }

    private static Stream<FileResource> file(String key, FileStore files) {
        return FileKey.parse(key).stream().map(it -> FileResource.of(it, files));
    }
}
