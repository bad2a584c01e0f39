package io.guildhall.node;

import static io.guildhall.node.ConfigValues.nonBlank;

import com.typesafe.config.Config;
import io.guildhall.embedded.StartupException;
import io.guildhall.node.Settings.Ai;
import io.guildhall.node.Settings.OpenAi;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the settings of language models. */
final class ModelSettings {
    private ModelSettings() {}

    static Ai ai(Config config) {
        return new Ai(
                openAi(config), nonBlank(config.getString("taxonomy-file")).map(Path::of));
    }

    private static Optional<OpenAi> openAi(Config config) {
        var embedder = config.getString("embedder");
        return switch (embedder) {
            case "local" -> Optional.empty();
            case "openai" -> {
                var key = config.getString("openai.key");
                if (key.isBlank())
                    throw new StartupException(
                            "guildhall.ai.embedder is openai, which requires a key. Set OPENAI_API_KEY, or unset"
                                    + " GUILDHALL_EMBEDDER to compute embeddings in this process.");
                yield Optional.of(new OpenAi(SettingUrls.openAi(config.getString("openai.base-url")), key));
            }
            default ->
                throw new StartupException(
                        "guildhall.ai.embedder (GUILDHALL_EMBEDDER) must be local or openai, not '" + embedder + "'.");
        };
    }
}
