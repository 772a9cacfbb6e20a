package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.invoke.VarHandle;

// The methods that read and write a segment for its handle: one small class for each type.

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsBytes")
final class Target_java_lang_invoke_VarHandleSegmentAsBytes {
    @Alias
    static native byte get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, byte value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsBooleans")
final class Target_java_lang_invoke_VarHandleSegmentAsBooleans {
    @Alias
    static native boolean get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, boolean value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsChars")
final class Target_java_lang_invoke_VarHandleSegmentAsChars {
    @Alias
    static native char get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, char value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsShorts")
final class Target_java_lang_invoke_VarHandleSegmentAsShorts {
    @Alias
    static native short get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, short value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsInts")
final class Target_java_lang_invoke_VarHandleSegmentAsInts {
    @Alias
    static native int get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, int value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsLongs")
final class Target_java_lang_invoke_VarHandleSegmentAsLongs {
    @Alias
    static native long get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, long value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsFloats")
final class Target_java_lang_invoke_VarHandleSegmentAsFloats {
    @Alias
    static native float get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, float value);
}

@TargetClass(className = "java.lang.invoke.VarHandleSegmentAsDoubles")
final class Target_java_lang_invoke_VarHandleSegmentAsDoubles {
    @Alias
    static native double get(VarHandle handle, Object segment, long offset);

    @Alias
    static native void set(VarHandle handle, Object segment, long offset, double value);
}
