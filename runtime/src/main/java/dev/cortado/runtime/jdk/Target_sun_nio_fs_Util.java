package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.RecomputeFieldValue.Kind;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.graalvm.nativeimage.hosted.FieldValueTransformer;

/** Names of files are in UTF-8, whatever the machine has them in that the image is built on. */
@TargetClass(className = "sun.nio.fs.Util")
final class Target_sun_nio_fs_Util {
    @Alias
    @RecomputeFieldValue(kind = Kind.Custom, declClass = Utf8.class, isFinal = true)
    private static Charset jnuEncoding;

    private Target_sun_nio_fs_Util() {}

    static final class Utf8 implements FieldValueTransformer {
        @Override
        public Object transform(Object receiver, Object originalValue) {
            return StandardCharsets.UTF_8;
        }
    }
}
