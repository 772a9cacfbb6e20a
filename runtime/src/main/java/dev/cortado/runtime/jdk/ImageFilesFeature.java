package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.util.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts directories into an image, if whoever builds it names some: the system property {@code
 * cortado.files} is a file that lists them, see {@link ListedDirectories}. They are mounted when
 * the program first looks for a file, as all that it has without disks.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class ImageFilesFeature implements InternalFeature {
    private static final String LISTING = "cortado.files";

    @Override
    public String getDescription() {
        return "Directories that are part of images";
    }

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return System.getProperty(LISTING) != null;
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        try {
            Path listing = Path.of(System.getProperty(LISTING));
            ListedDirectories.read(listing).forEach(ImageFiles::add);
        } catch (ListedDirectories.ChangedException e) {
            throw UserError.abort("%s", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever only ever looks for files finds these: they are there from the beginning. */
    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        GuestFiles.setMaker();
    }
}
