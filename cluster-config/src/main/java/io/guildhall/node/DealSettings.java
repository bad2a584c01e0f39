package io.guildhall.node;

import com.typesafe.config.Config;
import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Settings.Hires;
import io.guildhall.node.Settings.Mode;
import io.guildhall.node.Settings.Payments;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the settings of hires, contracts and payments. */
final class DealSettings {
    /** A node that restarts or a failover must not undo hires. */
    private static final Duration MIN_HIRE_TIME_LIMIT = Duration.ofMinutes(1);

    private static final int MAX_ROOM_DAYS = 3_650;

    private DealSettings() {}

    static EscrowRules escrowRules(Config config) {
        try {
            return new EscrowRules(
                    config.getInt("acceptance-days"),
                    days(config, "acceptance-warning-days", "GUILDHALL_ACCEPTANCE_WARNING_DAYS"),
                    config.getInt("refund-days"),
                    days(config, "refund-warning-days", "GUILDHALL_REFUND_WARNING_DAYS"),
                    Optional.of(config.getInt("max-refund-requests")));
        } catch (IllegalArgumentException e) {
            throw new StartupException("guildhall.contracts." + withVariable(String.valueOf(e.getMessage())) + ".", e);
        }
    }

    /** Adds the environment variable of the setting that the message begins with. */
    private static String withVariable(String message) {
        int end = message.indexOf(' ');
        var key = message.substring(0, end);
        return key + " (GUILDHALL_" + key.toUpperCase(Locale.ROOT).replace('-', '_') + ")" + message.substring(end);
    }

    /** Numbers that are separated by commas. */
    private static List<Integer> days(Config config, String key, String variable) {
        var text = config.getString(key);
        try {
            return ConfigValues.list(text).stream().map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new StartupException(
                    "guildhall.contracts." + key + " (" + variable
                            + ") must be whole numbers that are separated by commas, such as 7,3,1, not '" + text
                            + "'.",
                    e);
        }
    }

    static Duration roomReadOnlyAfter(Config config) {
        int days = config.getInt("room-read-only-days");
        if (days >= 1 && days <= MAX_ROOM_DAYS) return Duration.ofDays(days);
        throw new StartupException(
                "guildhall.contracts.room-read-only-days (GUILDHALL_ROOM_READ_ONLY_DAYS) must be from 1 to "
                        + MAX_ROOM_DAYS + ", not " + days + ".");
    }

    static Payments payments(Config config, Mode mode) {
        var provider = config.getString("provider");
        if (!provider.equals("sandbox"))
            throw new StartupException("guildhall.payments.provider (GUILDHALL_PAYMENTS) must be sandbox, not '"
                    + provider + "': this version supports no other provider.");
        if (mode == Mode.PRODUCTION)
            throw new StartupException("Production requires a real payment provider, and this version supports only the"
                    + " sandbox. Unset GUILDHALL_MODE to run in development mode.");
        int fee = config.getInt("fee-basis-points");
        if (fee < 0 || fee > Deal.MAX_FEE_BASIS_POINTS)
            throw new StartupException(
                    "guildhall.payments.fee-basis-points (GUILDHALL_FEE_BASIS_POINTS) must be from 0 to "
                            + Deal.MAX_FEE_BASIS_POINTS + ", not " + fee + ". 500 basis points are 5%.");
        return new Payments(
                fee,
                config.getDuration("confirmation-window"),
                config.getDuration("open-call-pause"),
                config.getDuration("refused-call-pause"),
                auditHour(config.getInt("audit-hour")));
    }

    private static int auditHour(int hour) {
        if (hour >= 0 && hour < 24) return hour;
        throw new StartupException(
                "guildhall.payments.audit-hour (GUILDHALL_AUDIT_HOUR) must be from 0 to 23, not " + hour + ".");
    }

    static Hires hires(Config config) {
        var timeLimit = config.getDuration("time-limit");
        if (timeLimit.compareTo(MIN_HIRE_TIME_LIMIT) < 0)
            throw new StartupException("guildhall.hires.time-limit (GUILDHALL_HIRE_TIME_LIMIT) must be at least "
                    + MIN_HIRE_TIME_LIMIT.toSeconds() + "s, not " + timeLimit.toSeconds() + "s.");
        return new Hires(timeLimit);
    }
}
