package io.guildhall.http.route.profile;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.ProfileCommand.Edit;
import io.guildhall.domain.profile.ProfileRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.PublicPages;
import io.guildhall.port.FileStore;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Read and edit profiles. */
public final class ProfileEndpoints {
    private final AggregateApi<Profile, ProfileCommand, ProfileRejection> profiles;
    private final FileStore files;
    private final PublicPages pages;

    public ProfileEndpoints(Entities entities, FileStore files, PublicPages pages) {
        this.pages = pages;
        this.files = files;
        this.profiles = new AggregateApi<>(entities, Profile.AGGREGATE, ProfileEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/me/profile", "Get your profile.")
                        .requiresLogin()
                        .returns(200, ProfileResource.class)
                        .problems(404, "not-found")
                        .handledBy(this::readOwn),
                put("/api/me/profile", "Edit your profile. Replaces all fields.")
                        .requiresLogin()
                        .accepts(ProfileFields.class)
                        .returns(200, ProfileResource.class)
                        .with(Endpoint.Feature.IF_MATCH)
                        .problems(404, "not-found")
                        .problems(422, "file-not-yours")
                        .handledBy(this::edit),
                get("/api/profiles/{accountId}", "Get the public profile of an account.")
                        .returns(200, ProfileResource.class)
                        .handledBy(this::readOther));
    }

    private CompletionStage<ProfileResource> readOwn(Call<Void> call) {
        var id = call.caller().id();
        return profiles.read(id).thenApply(it -> ProfileResource.forOwner(id, it, files));
    }

    private CompletionStage<ProfileResource> readOther(Call<Void> call) {
        var id = call.pathId("accountId", "acc");
        return profiles.read(id, _ -> pages.isVisible(id, call.optionalCaller()))
                .thenApply(it -> ProfileResource.forOthers(id, it, files));
    }

    private CompletionStage<ProfileResource> edit(Call<ProfileFields> call) {
        var id = call.caller().id();
        var details = call.body().details();
        if (!details.hasOnlyFilesOf(id))
            throw new Problem(
                    422,
                    "file-not-yours",
                    "Picture and portfolio must name files that you have uploaded. Upload them first and use their keys.");
        return profiles.execute(call, id, new Edit(call.expectedRevision(), details))
                .thenApply(it -> ProfileResource.forOwner(id, it, files));
    }

    static Problem problem(ProfileRejection rejection) {
        return switch (rejection) {
            case NO_PROFILE -> AggregateApi.notFound();
            case REVISION_MISMATCH -> AggregateApi.revisionMismatch("profile");
            case HANDLE_CHANGED_RECENTLY ->
                new Problem(
                        409,
                        "handle-changed-recently",
                        "You can change your handle once in 30 days. Your profile says from when as handleChangeableFrom.");
        };
    }
}
