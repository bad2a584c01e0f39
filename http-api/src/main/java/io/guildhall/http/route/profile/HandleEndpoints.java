package io.guildhall.http.route.profile;

import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.put;

import io.guildhall.actors.Entities;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand;
import io.guildhall.domain.handle.HandleCommand.Reserve;
import io.guildhall.domain.handle.HandleRejection;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.ProfileCommand.ChangeHandle;
import io.guildhall.domain.profile.ProfileRejection;
import io.guildhall.http.endpoint.AccountLimit;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.PublicPages;
import io.guildhall.port.FileStore;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Read profiles by their handle, and change the own handle. */
public final class HandleEndpoints {
    private static final String PATH = "/api/people/";
    private static final AccountLimit CHANGES = AccountLimit.perMinute("handle", 10, "tried too many handles");

    private final AggregateApi<Handle, HandleCommand, HandleRejection> handles;
    private final AggregateApi<Profile, ProfileCommand, ProfileRejection> profiles;
    private final FileStore files;
    private final PublicPages pages;

    public HandleEndpoints(Entities entities, FileStore files, PublicPages pages) {
        this.handles = new AggregateApi<>(entities, Handle.AGGREGATE, HandleEndpoints::problem);
        this.profiles = new AggregateApi<>(entities, Profile.AGGREGATE, ProfileEndpoints::problem);
        this.files = files;
        this.pages = pages;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get(
                                PATH + "{handle}",
                                "Get the public profile with a handle. A former handle redirects to the present one for 90 days.")
                        .returns(200, ProfileResource.class)
                        .problems(308, "handle-changed")
                        .handledBy(this::read),
                put(
                                "/api/me/handle",
                                "Change your handle, once in 30 days. Your former handle redirects to your profile for 90 days, and"
                                        + " no other account can get it.")
                        .requiresLogin()
                        .accepts(HandleFields.class)
                        .returns(200, ProfileResource.class)
                        .limited(CHANGES)
                        .problems(404, "not-found")
                        .problems(409, "handle-taken", "handle-reserved", "handle-changed-recently")
                        .handledBy(this::change));
    }

    public record HandleFields(
            @NotNull @Pattern(regexp = Formats.HANDLE) String handle) {}

    private record Owner(String accountId, boolean isRedirected) {}

    private CompletionStage<ProfileResource> read(Call<Void> call) {
        var handle = call.pathParameter("handle").toLowerCase(Locale.ROOT);
        if (!Handle.isWellFormed(handle)) throw AggregateApi.notFound();
        return handles.read(Handle.id(handle)).thenCompose(state -> {
            var owner = owner(state, handle, call.requestedAt()).orElseThrow(AggregateApi::notFound);
            return profiles.read(owner.accountId(), _ -> pages.isVisible(owner.accountId(), call.optionalCaller()))
                    .thenApply(profile -> show(owner, handle, profile));
        });
    }

    /** The account with exactly this handle: one that looks like it is another one. */
    private static Optional<Owner> owner(Handle state, String handle, Instant now) {
        return switch (state) {
            case Handle.Owned it when it.handle().equals(handle) -> Optional.of(new Owner(it.accountId(), true));
            case Handle.Reserved it
            when it.handle().equals(handle) ->
                Optional.of(new Owner(
                        it.accountId(),
                        it.redirect()
                                .filter(former -> now.isBefore(former.until()))
                                .isPresent()));
            case Handle.Redirecting it
            when it.handle().equals(handle) && now.isBefore(it.until()) -> Optional.of(new Owner(it.accountId(), true));
            case Handle.Free _, Handle.Owned _, Handle.Reserved _, Handle.Redirecting _ -> Optional.empty();
        };
    }

    /** Compares with the profile, which changes before the new handle is confirmed and the former one redirects. */
    private ProfileResource show(Owner owner, String handle, Profile profile) {
        var resource = ProfileResource.forOthers(owner.accountId(), profile, files);
        if (resource.handle().equals(handle)) return resource;
        if (!owner.isRedirected()) throw AggregateApi.notFound();
        throw Problem.moved(
                "handle-changed",
                "The user has changed this handle. Use the path in Location.",
                PATH + resource.handle());
    }

    /** The process sends the second command too, in case this node stops in between. */
    private CompletionStage<ProfileResource> change(Call<HandleFields> call) {
        var accountId = call.caller().id();
        var handle = call.body().handle();
        return handles.execute(call, Handle.id(handle), new Reserve(accountId, handle))
                .thenCompose(state -> profiles.execute(call, accountId, new ChangeHandle(handle, since(state))))
                .thenApply(profile -> ProfileResource.forOwner(accountId, profile, files));
    }

    private static Instant since(Handle state) {
        return switch (state) {
            case Handle.Reserved it -> it.since();
            case Handle.Owned it -> it.since();
            case Handle.Free _, Handle.Redirecting _ ->
                throw new IllegalStateException("A handle that was just reserved is " + state);
        };
    }

    private static Problem problem(HandleRejection rejection) {
        return switch (rejection) {
            case TAKEN ->
                new Problem(
                        409, "handle-taken", "This handle, or one that looks like it, is taken. Choose another one.");
            case RESERVED -> new Problem(409, "handle-reserved", "No user can have this handle. Choose another one.");
        };
    }
}
