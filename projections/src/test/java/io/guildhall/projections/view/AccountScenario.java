package io.guildhall.projections.view;

import static io.guildhall.testing.AccountBuilder.anAccount;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.ShowcaseBuilder.aShowcase;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.Role;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFailed;
import io.guildhall.domain.dataexport.DataExportsCommand.RecordFinished;
import io.guildhall.domain.dataexport.DataExportsCommand.RequestExport;
import io.guildhall.domain.email.Email;
import io.guildhall.domain.email.EmailCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import java.time.Instant;
import java.util.Optional;

/** Commands to accounts, from registration to suspension. */
public final class AccountScenario {
    public static final String MAIL = "ann@example.org";
    private static final String NEW_MAIL = "ann.meyer@example.org";
    public static final String HASH = "argon2id";

    private AccountScenario() {}

    public static Open open(String accountId, String email, String name) {
        return anAccount(accountId)
                .withEmail(email)
                .named(name)
                .withRoles(Role.FREELANCER)
                .open(HASH);
    }

    /** @param generation how often all sessions of the account were ended */
    public static LogIn logIn(int generation, String device) {
        return new LogIn(HASH, generation, "hash of " + device, device, "203.0.113.0/24");
    }

    /** Adds an active account. */
    public static EventStory active(EventStory story, String accountId, String email) {
        execute(story, accountId, open(accountId, email, "Ann"));
        return story;
    }

    public static void execute(EventStory story, String accountId, AccountCommand... commands) {
        for (var command : commands) story.execute(Account.AGGREGATE, accountId, command);
    }

    /** Adds every event of an account and of its e-mail address, and a second account. */
    public static void addAll(EventStory story) {
        addEmails(story);
        active(story, "acc_ann", MAIL);
        execute(
                story,
                "acc_ann",
                logIn(0, "a browser"),
                new ReportReusedToken("ses_1"),
                logIn(0, "a phone"),
                new GrantAdmin("acc_root", "Checked"),
                new RevokeAdmin("acc_root", "Checked"),
                new GrantPremium("acc_root", "Checked"),
                new EndPremium("acc_root", "Checked"),
                new LogOutEverywhere(1),
                logIn(2, "a tablet"),
                new Suspend("acc_root", "Spam"),
                new LiftSuspension("acc_root", "Checked"),
                logIn(3, "another phone"));
        story.execute(Profile.AGGREGATE, "acc_ann", new ProfileCommand.Create("ann", "Ann", "DE"));
        story.execute(Profile.AGGREGATE, "acc_pia", new ProfileCommand.Create("pia", "Pia", "DE"));
        var picture = aShowcase().withPicture("acc_pia/picture/fil_1.png").build();
        story.execute(
                Profile.AGGREGATE,
                "acc_pia",
                new ProfileCommand.Edit(1, aProfile().withShowcase(picture).build()));
        story.execute(Profile.AGGREGATE, "acc_pia", new ProfileCommand.ChangeHandle("pia-p", Instant.EPOCH));
        execute(story, "acc_bob", open("acc_bob", "bob@example.org", "Bob"));
        story.execute(DataExports.AGGREGATE, "acc_ann", new RequestExport("acc_ann", "exp_1"))
                .execute(DataExports.AGGREGATE, "acc_ann", new RecordFinished("acc_ann", "exp_1"))
                .execute(DataExports.AGGREGATE, "acc_ann", new RequestExport("acc_ann", "exp_2"))
                .execute(DataExports.AGGREGATE, "acc_ann", new RecordFailed("acc_ann", "exp_2"));
    }

    private static void addEmails(EventStory story) {
        story.execute(Email.AGGREGATE, Email.id(MAIL), anAccount("acc_ann").register(HASH, "n1"))
                .execute(Email.AGGREGATE, Email.id(MAIL), new EmailCommand.Verify("n1", Optional.empty()))
                .execute(Email.AGGREGATE, Email.id(MAIL), anAccount("acc_other").register(HASH, "n2"))
                .execute(Email.AGGREGATE, Email.id(MAIL), anAccount("acc_other").register(HASH, "n3"))
                .execute(Email.AGGREGATE, Email.id(NEW_MAIL), new EmailCommand.Reserve("acc_ann", NEW_MAIL, "n4"))
                .execute(Email.AGGREGATE, Email.id(NEW_MAIL), new EmailCommand.Confirm("n4"))
                .execute(Email.AGGREGATE, Email.id(MAIL), new EmailCommand.Keep("acc_ann", story.now.plusSeconds(60)))
                .execute(Email.AGGREGATE, Email.id(MAIL), new EmailCommand.Restore("acc_ann"))
                .execute(Email.AGGREGATE, Email.id(NEW_MAIL), new EmailCommand.Release("acc_ann"));
    }
}
