package io.guildhall.operate;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.guildhall.actors.Entities;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand.Register;
import io.guildhall.domain.account.AccountCommand.Verify;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigCommand;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.http.auth.Passwords;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Brings people of a demo marketplace into the house by the commands that anybody's doings become. What is there already, in whatever state its
 * owner has brought it to meanwhile, is left alone: the same batch again adds what is missing and nothing else.
 */
public final class Seeding {
    private static final int PROFILE_LOOKS = 300;
    private static final long PROFILE_PAUSE_MILLIS = 100;

    private final Entities entities;
    private final Passwords passwords;
    private final Map<String, CompletionStage<String>> hashes = new ConcurrentHashMap<>();

    public Seeding(Entities entities, Passwords passwords) {
        this.entities = entities;
        this.passwords = passwords;
    }

    /** @return how many accounts, profiles, gigs and jobs were added; fails as {@link Problem} where one is refused */
    CompletionStage<Long> bring(SeedBatch batch) {
        return hash(batch.password())
                .thenCompose(hash -> sum(batch.people().stream()
                        .map(person -> bring(person, hash))
                        .toList()));
    }

    /** Made once, for it takes its time by design; not kept where it could not be made. */
    private CompletionStage<String> hash(String password) {
        return hashes.computeIfAbsent(password, passwords::hash).whenComplete((_, failure) -> {
            if (failure != null) hashes.remove(password);
        });
    }

    private CompletionStage<Long> bring(SeedBatch.Person person, String hash) {
        return account(person, hash)
                .thenCompose(added -> profile(person, 1)
                        .thenCompose(edited -> posts(person).thenApply(posted -> added + edited + posted)));
    }

    private CompletionStage<Long> account(SeedBatch.Person person, String hash) {
        var address = AccountAddress.of(person.email());
        return entities.state(Account.AGGREGATE, address).thenCompose(account -> switch (account) {
            case Account.NotCreated _, Account.Unverified _ -> register(person, address, hash);
            case Account.Active it -> known(person, it.person().id());
            case Account.Suspended it -> known(person, it.person().id());
        });
    }

    private static CompletionStage<Long> known(SeedBatch.Person person, String id) {
        if (id.equals(person.id())) return completedStage(0L);
        throw new Problem(409, "seed-refused", person.email() + " has another account already, " + id + ".");
    }

    private CompletionStage<Long> register(SeedBatch.Person person, String address, String hash) {
        var roles =
                person.roles().stream().map(role -> Role.valueOf(role.name())).toList();
        var nonce = UUID.randomUUID().toString();
        return does(
                        Account.AGGREGATE,
                        address,
                        new Register(
                                person.id(),
                                AccountAddress.normalise(person.email()),
                                person.name(),
                                person.country(),
                                roles,
                                hash,
                                nonce))
                .thenCompose(_ -> does(Account.AGGREGATE, address, new Verify(nonce)));
    }

    /** The house gives each verified account a handle and a profile by itself, soon. Only one that was never edited is written. */
    private CompletionStage<Long> profile(SeedBatch.Person person, int look) {
        if (person.profile() == null) return completedStage(0L);
        return entities.state(Profile.AGGREGATE, person.id()).thenCompose(profile -> switch (profile) {
            case Profile.Created it when it.revision() > 1 -> completedStage(0L);
            case Profile.Created it ->
                does(
                        Profile.AGGREGATE,
                        person.id(),
                        new ProfileCommand.Edit(it.revision(), person.profile().details()));
            case Profile.NotCreated _ -> {
                if (look == PROFILE_LOOKS)
                    throw Problem.later(503, "seed-waits", "The profile of " + person.id() + " is not there yet.", 1);
                yield supplyAsync(() -> look + 1, delayedExecutor(PROFILE_PAUSE_MILLIS, MILLISECONDS))
                        .thenCompose(next -> profile(person, next));
            }
        });
    }

    private CompletionStage<Long> posts(SeedBatch.Person person) {
        var gigs = person.gigs().stream()
                .map(it -> unlessThere(
                        Gig.AGGREGATE,
                        it.id(),
                        Gig.NotCreated.class,
                        new GigCommand.Post(person.id(), it.gig().details(), true)));
        var jobs = person.jobs().stream()
                .map(it -> unlessThere(
                        Job.AGGREGATE,
                        it.id(),
                        Job.NotCreated.class,
                        new JobCommand.Post(person.id(), it.job().details(), true)));
        return sum(Stream.concat(gigs, jobs).toList());
    }

    private <S, C> CompletionStage<Long> unlessThere(
            Aggregate<S, C, ?, ?> aggregate, String id, Class<? extends S> unborn, C command) {
        return entities.state(aggregate, id)
                .thenCompose(state -> unborn.isInstance(state) ? does(aggregate, id, command) : completedStage(0L));
    }

    private <S, C, E, R> CompletionStage<Long> does(Aggregate<S, C, E, R> aggregate, String id, C command) {
        return entities.execute(Correlation.NONE, aggregate, id, command).thenApply(outcome -> switch (outcome) {
            case Outcome.Done<S, R> _ -> 1L;
            case Outcome.Refused<S, R> refused ->
                throw new Problem(
                        409, "seed-refused", aggregate.name() + " " + id + " is refused: " + refused.reason() + ".");
        });
    }

    private static CompletionStage<Long> sum(List<CompletionStage<Long>> all) {
        return all.stream()
                .reduce((one, other) -> one.thenCombine(other, Long::sum))
                .orElseGet(() -> completedStage(0L));
    }
}
