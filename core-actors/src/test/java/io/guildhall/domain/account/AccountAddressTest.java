package io.guildhall.domain.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AccountAddressTest {
    @Test
    void oneMailHasOneAddressHoweverItIsTyped() {
        assertEquals(AccountAddress.fromEmail("ann@example.com"), AccountAddress.fromEmail("  Ann@Example.COM\n"));
        assertNotEquals(AccountAddress.fromEmail("ann@example.com"), AccountAddress.fromEmail("anne@example.com"));
    }

    /** It names entities in the journal: were it to change, every account would be lost. */
    @Test
    void theAddressNeverChanges() {
        assertEquals(
                "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476",
                AccountAddress.fromEmail("ann@example.com"));
    }

    /** In Turkish the capital of i is another letter; the address must not depend on where a node runs. */
    @Test
    void theAddressDoesNotDependOnTheNodesLanguage() {
        var language = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertEquals("iris@example.com", AccountAddress.normalise("IRIS@EXAMPLE.COM"));
        } finally {
            Locale.setDefault(language);
        }
    }

    @Property
    void theAddressGivesNothingAwayAndIsSafeAnywhere(@ForAll String email) {
        var address = AccountAddress.fromEmail(email);
        assertTrue(address.matches("[0-9a-f]{64}"), address);
        assertEquals(address, AccountAddress.fromEmail(AccountAddress.normalise(email)));
    }
}
