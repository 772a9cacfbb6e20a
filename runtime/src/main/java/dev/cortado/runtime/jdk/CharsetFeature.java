package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.localization.LocalizationSupport;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.hosted.jdk.localization.LocalizationFeature;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Puts charsets into an image beside those that native-image gives to each: those that the builder
 * found named in the program's code, and, where documents say in which one they are, the simple
 * ones.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class CharsetFeature implements InternalFeature {
    /** What the image builder found, see its package names. */
    private static final String NAMED = "cortado.charsets";

    /** They read what says of itself in which charset it is: XML, and answers of servers. */
    private static final List<String> READERS =
            List.of(
                    "com.sun.org.apache.xerces.internal.impl.XMLEntityManager",
                    "jdk.internal.net.http.HttpClientImpl");

    @Override
    public String getDescription() {
        return "Knows the charsets that a program needs";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Arrays.stream(System.getProperty(NAMED, "").split(","))
                .filter(name -> !name.isEmpty() && Charset.isSupported(name))
                .map(Charset::forName)
                .forEach(LocalizationFeature::addCharset);
        for (String name : READERS) {
            Class<?> reader = access.findClassByName(name);
            if (reader != null) {
                access.registerReachabilityHandler(CharsetFeature::addSimpleOnes, reader);
            }
        }
    }

    private static void addSimpleOnes(DuringAnalysisAccess access) {
        Charset.availableCharsets().values().stream()
                .filter(CharsetFeature::isSimple)
                .forEach(LocalizationFeature::addCharset);
        ((DuringAnalysisAccessImpl) access)
                .rescanObject(ImageSingletons.lookup(LocalizationSupport.class).charsets);
    }

    /** A byte a character, and in java.base, as those of Europe are: tables of a few kilobytes. */
    private static boolean isSimple(Charset charset) {
        return charset.getClass().getModule() == Charset.class.getModule()
                && charset.canEncode()
                && charset.newEncoder().maxBytesPerChar() == 1;
    }
}
