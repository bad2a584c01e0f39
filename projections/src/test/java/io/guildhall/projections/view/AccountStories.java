package io.guildhall.projections.view;

import static io.guildhall.testing.AccountBuilder.anAccount;

import io.guildhall.domain.account.Account;
import io.guildhall.domain.account.AccountAddress;
import io.guildhall.domain.account.AccountCommand;
import io.guildhall.domain.account.AccountCommand.*;
import io.guildhall.domain.account.Role;

/** What happens to accounts, from the first mail to the bar. */
final class AccountStories {
    static final String MAIL = "ann@example.org";
    static final String HASH = "argon2id";

    private AccountStories() {}

    static Register register(String accountId, String email, String name) {
        return anAccount(accountId)
                .withEmail(email)
                .named(name)
                .withRoles(Role.FREELANCER)
                .register(HASH, "nonce-" + accountId);
    }

    static LogIn logIn(String session) {
        return new LogIn(HASH, session, "token-" + session, "a browser");
    }

    /** An account that may log in. */
    static Story active(Story story, String accountId, String email) {
        tell(story, email, register(accountId, email, "Ann"), new Verify("nonce-" + accountId));
        return story;
    }

    static void tell(Story story, String email, AccountCommand... commands) {
        for (var command : commands) story.tell(Account.AGGREGATE, AccountAddress.of(email), command);
    }

    /** Every event there is, and one account that stays as it registered. */
    static void allThatHappens(Story story) {
        tell(story, MAIL, register("acc_early", MAIL, "Too early"));
        active(story, "acc_ann", MAIL);
        tell(
                story,
                MAIL,
                register("acc_other", MAIL, "Somebody"),
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
        tell(story, "bob@example.org", register("acc_bob", "bob@example.org", "Bob"));
    }
}
