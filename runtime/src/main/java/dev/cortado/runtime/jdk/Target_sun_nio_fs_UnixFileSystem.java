package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.RecomputeFieldValue.Kind;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.runtime.file.EmptyFileSystem;
import java.nio.charset.StandardCharsets;
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
            return EmptyFileSystem.ROOT.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
