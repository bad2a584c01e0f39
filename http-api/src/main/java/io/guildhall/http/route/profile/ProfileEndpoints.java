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
import io.guildhall.port.FileStore;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What one may do about profiles. */
public final class ProfileEndpoints {
    private final AggregateApi<Profile, ProfileCommand, ProfileRejection> profiles;
    private final FileStore files;

    public ProfileEndpoints(Entities entities, FileStore files) {
        this.files = files;
        this.profiles = new AggregateApi<>(entities, Profile.AGGREGATE, ProfileEndpoints::problem);
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/me/profile", "Your profile")
                        .requiresLogin()
                        .returns(200, ProfileResource.class)
                        .problems(404, "not-found")
                        .handledBy(call -> read(call.caller().id())),
                put("/api/me/profile", "Change your profile")
                        .requiresLogin()
                        .accepts(ProfileEdit.class)
                        .returns(200, ProfileResource.class)
                        .with(Endpoint.Feature.IF_MATCH)
                        .problems(404, "not-found")
                        .problems(422, "file-not-yours")
                        .handledBy(this::edit),
                get("/api/profiles/{accountId}", "Somebody's profile")
                        .returns(200, ProfileResource.class)
                        .handledBy(
                                call -> read(call.pathId("accountId", "acc")).thenApply(ProfileResource::forOthers)));
    }

    private CompletionStage<ProfileResource> read(String id) {
        return profiles.read(id, it -> true).thenApply(it -> view(id, it));
    }

    private CompletionStage<ProfileResource> edit(Call<ProfileEdit> call) {
        var id = call.caller().id();
        var details = call.body().details();
        if (!details.hasOnlyFilesOf(id))
            throw new Problem(422, "file-not-yours", "Pictures and portfolio are files that you have uploaded.");
        return profiles.execute(call, id, new Edit(call.expectedRevision(), details))
                .thenApply(it -> view(id, it));
    }

    private ProfileResource view(String id, Profile profile) {
        return ProfileResource.of(id, profile, files).orElseThrow(AggregateApi::notFound);
    }

    private static Problem problem(ProfileRejection reason) {
        return switch (reason) {
            case NO_PROFILE -> AggregateApi.notFound();
            case CHANGED_MEANWHILE ->
                new Problem(
                        412, "precondition-failed", "It was changed meanwhile; read it again and repeat your edit.");
        };
    }
}
