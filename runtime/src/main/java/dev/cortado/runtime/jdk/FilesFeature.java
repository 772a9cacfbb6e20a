package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import dev.cortado.runtime.file.storage.Crc32c;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Lets who looks for files find those of {@link GuestFiles}, as soon as the program reaches them,
 * and file systems the CPU's instruction for their checksums.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class FilesFeature implements InternalFeature {
    @Override
    public String getDescription() {
        return "Files in images that have any";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Crc32c.setInstruction(new Crc32Instruction());
        access.registerReachabilityHandler(
                FilesFeature::reached, ReflectionUtil.lookupMethod(GuestFiles.class, "get"));
    }

    private static void reached(DuringAnalysisAccess access) {
        GuestFiles.setMaker();
        ((DuringAnalysisAccessImpl) access)
                .rescanRoot(ReflectionUtil.lookupField(GuestFiles.class, "maker"));
    }
}
