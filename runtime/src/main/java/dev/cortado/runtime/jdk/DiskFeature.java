package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.util.UserError;
import dev.cortado.runtime.file.mount.Fstab;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSpec;
import dev.cortado.runtime.file.mount.ReadOnlyKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Puts disks and their file systems into an image, if whoever builds it says so: by the system
 * property {@code cortado.disks}, and what is mounted at every start by {@code cortado.mount.0} and
 * so on. Without those it is what the program's resource {@code etc/fstab} says.
 *
 * <p>What is only read, iso9660 and vfat, is in an image if one of these mounts is of that type, or
 * if the property {@code cortado.disks.any} says that its command line may have any.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class DiskFeature implements InternalFeature {
    private static final String DISKS = "cortado.disks";
    private static final String ANY = "cortado.disks.any";
    private static final String MOUNT = "cortado.mount.";
    private static final String FSTAB = "etc/fstab";

    @Override
    public String getDescription() {
        return "Disks and file systems of images that mount some";
    }

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return isWanted();
    }

    /** Whether disks are to be in the image. */
    static boolean isWanted() {
        return Boolean.getBoolean(DISKS);
    }

    /** What sources of configuration say counts more, and they are asked first. */
    @Override
    public List<Class<? extends Feature>> getRequiredFeatures() {
        return List.of(ConfigurationFeature.class);
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ConfiguredFiles configured = ConfigurationFeature.files();
        List<MountSpec> built = built(access.getApplicationClassLoader());
        DiskMounts mounts = new DiskMounts(built, configured, readOnlyKinds(built));
        GuestFiles.setMounts(mounts);
        RuntimeSupport.getRuntimeSupport().addStartupHook(new MountsBeforeMain(mounts, configured));
    }

    private static List<ReadOnlyKind> readOnlyKinds(List<MountSpec> built) {
        List<ReadOnlyKind> kinds =
                new ArrayList<>(List.of(ReadOnlyKind.iso9660(), ReadOnlyKind.vfat()));
        if (!Boolean.getBoolean(ANY)) {
            kinds.removeIf(kind -> built.stream().noneMatch(mount -> kind.isNamed(mount.type())));
        }
        return kinds;
    }

    private static List<MountSpec> built(ClassLoader program) {
        List<MountSpec> specs = new ArrayList<>();
        String text = System.getProperty(MOUNT + 0);
        while (text != null) {
            try {
                specs.add(MountSpec.parse(text, "the image"));
            } catch (MountException e) {
                throw UserError.abort("mount %s", e.getMessage());
            }
            text = System.getProperty(MOUNT + specs.size());
        }
        return specs.isEmpty() ? table(program) : specs;
    }

    private static List<MountSpec> table(ClassLoader program) {
        try (InputStream table = program.getResourceAsStream(FSTAB)) {
            if (table == null) {
                return List.of();
            }
            String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
            return Fstab.parse(
                    text,
                    "/" + FSTAB,
                    problem -> {
                        throw UserError.abort("%s", problem);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
