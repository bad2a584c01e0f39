package io.guildhall.node;

import io.guildhall.adapter.postgres.MasterKeys;
import io.guildhall.embedded.StartupException;
import io.guildhall.kernel.AesGcm;
import java.util.Arrays;
import java.util.Base64;

/** Reads the master keys of personal data. */
final class MasterKeySettings {
    private static final String DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQgb25seSwgbm90IGEgc2VjcmV0ISE=";
    private static final String HOW =
            " Set GUILDHALL_MASTER_KEYS, the same on all nodes, for example to the output of `openssl rand -base64 32`.";

    private MasterKeySettings() {}

    static boolean containDevelopmentKey(String keys) {
        return ConfigValues.list(keys).contains(DEVELOPMENT_KEY);
    }

    /**
     * @param keys in Base64, separated by commas
     * @throws StartupException saying what is wrong, without the keys
     */
    static MasterKeys parse(String keys, Settings.Mode mode) {
        var list = ConfigValues.list(keys);
        if (list.isEmpty())
            throw new StartupException("guildhall.master-keys (GUILDHALL_MASTER_KEYS) contains no key." + HOW);
        if (mode == Settings.Mode.PRODUCTION && containDevelopmentKey(keys))
            throw new StartupException("Production requires its own master key for personal data." + HOW);
        return new MasterKeys(list.stream().map(MasterKeySettings::decode).toList());
    }

    private static byte[] decode(String key) {
        try {
            var bytes = Base64.getDecoder().decode(key);
            if (bytes.length == AesGcm.KEY_BYTES) return bytes;
            Arrays.fill(bytes, (byte) 0);
        } catch (IllegalArgumentException _) {
            // Reported below, without the key.
        }
        throw new StartupException("guildhall.master-keys (GUILDHALL_MASTER_KEYS) contains a key that is not "
                + AesGcm.KEY_BYTES + " bytes in Base64." + HOW);
    }
}
