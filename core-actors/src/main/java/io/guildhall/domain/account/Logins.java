package io.guildhall.domain.account;

import io.guildhall.domain.account.AccountEvent.*;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an account knows about its logins. The sessions themselves are not part of it.
 *
 * @param generation how often all sessions of the account were ended; a session belongs to the generation of its login
 * @param devices the hashes of the tokens of the devices that have logged in, newest last, at most {@value #MAX_DEVICES}
 * @param stolen the ids of the last sessions whose token was used twice, newest last, at most {@value #MAX_STOLEN}
 */
public record Logins(int generation, List<String> devices, List<String> stolen) {
    static final int MAX_DEVICES = 50;
    static final int MAX_STOLEN = 20;

    static Logins none() {
        return new Logins(0, List.of(), List.of());
    }

    Logins after(SessionEvent event) {
        return switch (event) {
            case DeviceAdded it -> new Logins(generation, latest(devices, it.deviceHash(), MAX_DEVICES), stolen);
            case TokenReused it -> new Logins(generation, devices, latest(stolen, it.sessionId(), MAX_STOLEN));
            case AllSessionsEnded it -> new Logins(it.generation(), devices, stolen);
        };
    }

    private static List<String> latest(List<String> earlier, String added, int max) {
        return Stream.concat(earlier.stream().skip(Math.max(0, earlier.size() + 1 - max)), Stream.of(added))
                .toList();
    }
}
