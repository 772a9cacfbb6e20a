package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.RecomputeFieldValue.Kind;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.nativeimage.hosted.FieldValueTransformer;

/** The default file system is made while the image is built, and must not know where that was. */
@TargetClass(className = "sun.nio.fs.UnixFileSystem")
final class Target_sun_nio_fs_UnixFileSystem {
    @Alias
    @RecomputeFieldValue(kind = Kind.Custom, declClass = RootAsBytes.class)
    private byte[] defaultDirectory;

    @Alias
    @RecomputeFieldValue(kind = Kind.Reset)
    private boolean needToResolveAgainstDefaultDirectory;

    static final class RootAsBytes implements FieldValueTransformer {
        @Override
        public Object transform(Object receiver, Object originalValue) {
            return new byte[] {'/'};
        }
    }

    @Substitute
    @SuppressWarnings("unused")
    private static void bufferedCopy0(int to, int from, long address, int size, long cancelled)
            throws Exception {
        FileCopy.copy(to, from, cancelled);
    }
}
