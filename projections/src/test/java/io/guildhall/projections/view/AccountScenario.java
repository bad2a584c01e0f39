package io.guildhall.projections.view;

import static io.guildhall.testing.AccountBuilder.anAccount;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.ShowcaseBuilder.aShowcase;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import java.time.Instant;

/** Commands to accounts, from registration to suspension. */
public final class AccountScenario {
    public static final String MAIL = "ann@example.org";
    public static final String HASH = "argon2id";

    private AccountScenario() {}

    public static Register register(String accountId, String email, String name) {
        return anAccount(accountId)
                .withEmail(email)
                .named(name)
                .withRoles(Role.FREELANCER)
                .register(HASH, "nonce-" + accountId);
    }

    public static LogIn logIn(String session) {
        return new LogIn(HASH, session, "token-" + session, "a browser");
    }

    /** Adds an active account. */
    public static EventStory active(EventStory story, String accountId, String email) {
        execute(story, email, register(accountId, email, "Ann"), new Verify("nonce-" + accountId));
        return story;
    }

    public static void execute(EventStory story, String email, AccountCommand... commands) {
        for (var command : commands) story.execute(Account.AGGREGATE, AccountAddress.fromEmail(email), command);
    }

    /** Adds every event of an account, and one account that stays unverified. */
    public static void addAll(EventStory story) {
        execute(story, MAIL, register("acc_early", MAIL, "Too early"));
        active(story, "acc_ann", MAIL);
        execute(
                story,
                MAIL,
                register("acc_other", MAIL, "Other"),
                logIn("ses_1"),
                new Refresh("ses_1", "token-ses_1", "fresh"),
                new LogOut("ses_1"),
                logIn("ses_2"),
                new GrantAdmin("acc_root"),
                new GrantPremium("acc_root"),
                new EndPremium("acc_root"),
                new LogOutEverywhere(),
                logIn("ses_3"),
                new Suspend("acc_root", "Spam"),
                new LiftSuspension("acc_root"),
                logIn("ses_4"));
        story.execute(Profile.AGGREGATE, "acc_ann", new ProfileCommand.Create("ann", "Ann", "DE"));
        story.execute(Profile.AGGREGATE, "acc_pia", new ProfileCommand.Create("pia", "Pia", "DE"));
        var picture = aShowcase().withPicture("acc_pia/picture/fil_1.png").build();
        story.execute(
                Profile.AGGREGATE,
                "acc_pia",
                new ProfileCommand.Edit(1, aProfile().withShowcase(picture).build()));
        story.execute(Profile.AGGREGATE, "acc_pia", new ProfileCommand.ChangeHandle("pia-p", Instant.EPOCH));
        execute(story, "bob@example.org", register("acc_bob", "bob@example.org", "Bob"));
    }
}
