package io.guildhall.http.live;

import io.guildhall.actors.Entities;
import io.guildhall.domain.account.Account;
import io.guildhall.http.route.AggregateReader;
import java.util.List;

/**
 * Closes the connections of an account as soon as it is suspended. The node learns of each event of an account when it is
 * committed. A signal can be lost: the regular check of each connection finds the change later, and the end of its
 * session.
 */
final class AccountChanges {
    private static final String KEY_PREFIX = Account.AGGREGATE.name() + "|";

    private final AggregateReader<Account> accounts;
    private final OpenConnections connections;

    AccountChanges(Entities entities, OpenConnections connections) {
        this.accounts = new AggregateReader<>(entities, Account.AGGREGATE);
        this.connections = connections;
    }

    /** @param keys of entities with new events */
    void changed(List<String> keys) {
        for (var key : keys) {
            if (!key.startsWith(KEY_PREFIX)) continue;
            var account = key.substring(KEY_PREFIX.length());
            if (connections.ofAccount(account).isEmpty()) continue;
            var _ = accounts.read(account).thenAccept(it -> check(it, connections.ofAccount(account)));
        }
    }

    private static void check(Account account, List<LiveConnection> connected) {
        switch (account) {
            case Account.Suspended _ ->
                connected.forEach(it -> it.close(CloseCode.FORBIDDEN, "The account is suspended."));
            case Account.NotCreated _, Account.Active _ -> {}
        }
    }
}
