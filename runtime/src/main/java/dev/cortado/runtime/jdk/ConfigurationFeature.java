package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.util.UserError;
import dev.cortado.runtime.configuration.guest.ConfigurationSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts sources of configuration into an image, those that whoever builds it names in the system
 * property {@code cortado.configuration}, with commas between, as far as its target can have them.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class ConfigurationFeature implements InternalFeature {
    private static final String PROPERTY = "cortado.configuration";

    /** The word that says that nothing may be left out. */
    private static final String STRICT = "strict";

    /** Known to {@link DiskFeature}, which comes later; null in images that ask no source. */
    private static ConfiguredFiles files;

    static ConfiguredFiles files() {
        return files;
    }

    @Override
    public String getDescription() {
        return "Configuration at boot";
    }

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return System.getProperty(PROPERTY) != null;
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        List<String> words = List.of(System.getProperty(PROPERTY).split(","));
        boolean isStrict = words.contains(STRICT);
        files = new ConfiguredFiles(isStrict);
        RuntimeSupport hooks = RuntimeSupport.getRuntimeSupport();
        hooks.addStartupHook(new ConfigurationBeforeMain(sources(words), isStrict, files));
        if (!DiskFeature.isWanted()) {
            MemoryMounts mounts = new MemoryMounts(files);
            GuestFiles.setMounts(mounts);
            hooks.addStartupHook(new MountsBeforeMain(mounts, files));
        }
    }

    /** In the order of how much they count, whatever the order of their words. */
    private static List<ConfigurationSource> sources(List<String> words) {
        Set<String> left = new TreeSet<>(words);
        left.remove(STRICT);
        List<ConfigurationSource> sources = new ArrayList<>();
        for (SourceWord each : SourceWord.values()) {
            left.remove(each.word());
            if (words.contains(each.word()) && each.isThere()) {
                sources.add(each.make());
            }
        }
        if (!left.isEmpty()) {
            throw UserError.abort("%s: there is no source of configuration %s", PROPERTY, left);
        }
        return sources;
    }
}
