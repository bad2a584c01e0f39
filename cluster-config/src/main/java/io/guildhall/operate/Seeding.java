package io.guildhall.operate;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand.Open;
import io.guildhall.domain.account.AccountOwner;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand.Register;
import io.guildhall.domain.email.EmailCommand.Verify;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.http.auth.Passwords;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.profile.ProfileFields;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Adds the users of a demo marketplace with the same commands that the API sends. What exists already is unchanged,
 * even if its owner has edited it since: sending a batch again adds only what is missing.
 */
public final class Seeding {
    private static final int MAX_PROFILE_POLLS = 300;
    private static final long PROFILE_POLL_PAUSE_MILLIS = 100;

    private final Entities entities;
    private final Passwords passwords;
    private final Map<String, CompletionStage<String>> hashes = new ConcurrentHashMap<>();

    public Seeding(Entities entities, Passwords passwords) {
        this.entities = entities;
        this.passwords = passwords;
    }

    /**
     * @return the number of accounts, profiles, gigs and jobs that were added; fails with a {@link Problem} if one is
     *     rejected
     */
    CompletionStage<Long> add(SeedBatch batch) {
        return passwords
                .requireStrong(batch.password(), List.of())
                .thenCompose(_ -> hash(batch.password()))
                .thenCompose(hash ->
                        sum(batch.users().stream().map(user -> add(user, hash)).toList()));
    }

    /** Cached, since hashing a password is slow by design. Failures are not cached. */
    private CompletionStage<String> hash(String password) {
        return hashes.computeIfAbsent(password, passwords::hash).whenComplete((_, failure) -> {
            if (failure != null) hashes.remove(password);
        });
    }

    private CompletionStage<Long> add(SeedBatch.User user, String hash) {
        return addAccount(user, hash)
                .thenCompose(accounts -> addProfile(user)
                        .thenCompose(profiles -> addPosts(user).thenApply(posts -> accounts + profiles + posts)));
    }

    private CompletionStage<Long> addAccount(SeedBatch.User user, String hash) {
        return entities.state(Email.AGGREGATE, Email.id(user.email())).thenCompose(email -> switch (email) {
            case Email.Unowned _ -> register(user, hash);
            case Email.Owned it -> requireSameAccount(user, it.accountId());
            case Email.Kept it -> requireSameAccount(user, it.accountId());
        });
    }

    private static CompletionStage<Long> requireSameAccount(SeedBatch.User user, String existingId) {
        if (existingId.equals(user.id())) return completedStage(0L);
        throw new Problem(409, "seed-refused", user.email() + " already has another account: " + existingId + ".");
    }

    private CompletionStage<Long> register(SeedBatch.User user, String hash) {
        var roles = user.roles().stream().map(role -> Role.valueOf(role.name())).toList();
        var nonce = UUID.randomUUID().toString();
        var id = Email.id(user.email());
        var person = new AccountOwner(user.id(), user.email().typed(), user.name(), user.country(), roles);
        return execute(Email.AGGREGATE, id, new Register(person, hash, nonce))
                .thenCompose(_ -> execute(Email.AGGREGATE, id, new Verify(nonce, Optional.of(hash))))
                .thenCompose(_ -> execute(Account.AGGREGATE, user.id(), new Open(person, hash)));
    }

    /**
     * A process creates the profile of a verified account soon after. Only a profile that was never edited is written.
     */
    private CompletionStage<Long> addProfile(SeedBatch.User user) {
        return user.profile().map(it -> addProfile(user, it, 1)).orElse(completedStage(0L));
    }

    private CompletionStage<Long> addProfile(SeedBatch.User user, ProfileFields fields, int poll) {
        return entities.state(Profile.AGGREGATE, user.id()).thenCompose(profile -> switch (profile) {
            case Profile.Created it when it.revision() > 1 -> completedStage(0L);
            case Profile.Created it ->
                execute(Profile.AGGREGATE, user.id(), new ProfileCommand.Edit(it.revision(), fields.details()));
            case Profile.NotCreated _ -> {
                if (poll == MAX_PROFILE_POLLS)
                    throw Problem.later(503, "seed-waits", "The profile of " + user.id() + " is not created yet.", 1);
                yield supplyAsync(() -> poll + 1, delayedExecutor(PROFILE_POLL_PAUSE_MILLIS, MILLISECONDS))
                        .thenCompose(next -> addProfile(user, fields, next));
            }
        });
    }

    private CompletionStage<Long> addPosts(SeedBatch.User user) {
        var gigs = user.gigs().stream()
                .map(it -> executeIfNotCreated(
                        Gig.AGGREGATE,
                        it.id(),
                        Gig.NotCreated.class,
                        new GigCommand.Post(user.id(), it.gig().details(), true)));
        var jobs = user.jobs().stream()
                .map(it -> executeIfNotCreated(
                        Job.AGGREGATE,
                        it.id(),
                        Job.NotCreated.class,
                        new JobCommand.Post(user.id(), it.job().details(), true)));
        return sum(Stream.concat(gigs, jobs).toList());
    }

    private <S, C> CompletionStage<Long> executeIfNotCreated(
            Aggregate<S, C, ?, ?> aggregate, String id, Class<? extends S> notCreated, C command) {
        return entities.state(aggregate, id)
                .thenCompose(
                        state -> notCreated.isInstance(state) ? execute(aggregate, id, command) : completedStage(0L));
    }

    private <S, C, E, R> CompletionStage<Long> execute(Aggregate<S, C, E, R> aggregate, String id, C command) {
        return entities.execute(Correlation.NONE, aggregate, id, command).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<S, R> _ -> 1L;
            case Outcome.Rejected<S, R>(var rejection) ->
                throw new Problem(
                        409,
                        "seed-refused",
                        "The " + aggregate.name() + " " + id + " was rejected: " + rejection + ".");
        });
    }

    private static CompletionStage<Long> sum(List<CompletionStage<Long>> counts) {
        return counts.stream()
                .reduce((one, other) -> one.thenCombine(other, Long::sum))
                .orElseGet(() -> completedStage(0L));
    }
}
