package io.guildhall.projections.readmodel.preference;

import java.util.Set;
import java.util.concurrent.CompletionStage;

public interface PresencePreferences {
    /** Returns those of the accounts that hide when they are online and when they were last seen. */
    CompletionStage<Set<String>> hidden(Set<String> accountIds);
}
