package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.classinitialization.ClassInitializationSupport;
import com.oracle.svm.util.ReflectionUtil;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Fields that hold {@link System#nanoTime} of when their class was initialised hold the guest's
 * start, 0, if that was in the builder: its own clock is that of another machine, and far ahead.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class StartTimeFeature implements InternalFeature {
    /** What the image builder found, see its package names. */
    private static final String FOUND = "cortado.start.times";

    @Override
    public String getDescription() {
        return "Sets what counts from the builder's clock to the guest's start";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (String word : System.getProperty(FOUND, "").split(",")) {
            int colon = word.indexOf(':');
            Class<?> type = colon < 0 ? null : access.findClassByName(word.substring(0, colon));
            if (type != null && isInitializedInBuilder(type)) {
                access.registerFieldValueTransformer(
                        ReflectionUtil.lookupField(type, word.substring(colon + 1)),
                        (receiver, builders) -> 0L);
            }
        }
    }

    /** As options and other features have asked for; initializes nothing. */
    private static boolean isInitializedInBuilder(Class<?> type) {
        Object kind =
                ReflectionUtil.invokeMethod(
                        ReflectionUtil.lookupMethod(
                                ClassInitializationSupport.class,
                                "specifiedInitKindFor",
                                Class.class),
                        ClassInitializationSupport.singleton(),
                        type);
        return kind != null && kind.toString().equals("BUILD_TIME");
    }
}
