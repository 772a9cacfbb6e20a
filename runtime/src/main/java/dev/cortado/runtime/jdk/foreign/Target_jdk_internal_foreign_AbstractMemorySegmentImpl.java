package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.foreign.ValueLayout;

/**
 * Reading and writing a segment by a layout. The JDK goes through the layout's handle, which its
 * compiler sees through when the layout is a constant, and which an image, whose code was compiled
 * before, would call by reflection. This calls what the handle would call.
 */
@TargetClass(
        className = "jdk.internal.foreign.AbstractMemorySegmentImpl",
        onlyWith = ForeignApi.class)
@SuppressWarnings("unused")
final class Target_jdk_internal_foreign_AbstractMemorySegmentImpl {

    @Substitute
    public byte get(ValueLayout.OfByte layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsBytes.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfByte layout, long offset, byte value) {
        Target_java_lang_invoke_VarHandleSegmentAsBytes.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public byte getAtIndex(ValueLayout.OfByte layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfByte layout, long index, byte value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public boolean get(ValueLayout.OfBoolean layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsBooleans.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfBoolean layout, long offset, boolean value) {
        Target_java_lang_invoke_VarHandleSegmentAsBooleans.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public boolean getAtIndex(ValueLayout.OfBoolean layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfBoolean layout, long index, boolean value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public char get(ValueLayout.OfChar layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsChars.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfChar layout, long offset, char value) {
        Target_java_lang_invoke_VarHandleSegmentAsChars.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public char getAtIndex(ValueLayout.OfChar layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfChar layout, long index, char value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public short get(ValueLayout.OfShort layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsShorts.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfShort layout, long offset, short value) {
        Target_java_lang_invoke_VarHandleSegmentAsShorts.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public short getAtIndex(ValueLayout.OfShort layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfShort layout, long index, short value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public int get(ValueLayout.OfInt layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsInts.get(layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfInt layout, long offset, int value) {
        Target_java_lang_invoke_VarHandleSegmentAsInts.set(layout.varHandle(), this, offset, value);
    }

    @Substitute
    public int getAtIndex(ValueLayout.OfInt layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfInt layout, long index, int value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public long get(ValueLayout.OfLong layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsLongs.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfLong layout, long offset, long value) {
        Target_java_lang_invoke_VarHandleSegmentAsLongs.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public long getAtIndex(ValueLayout.OfLong layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfLong layout, long index, long value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public float get(ValueLayout.OfFloat layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsFloats.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfFloat layout, long offset, float value) {
        Target_java_lang_invoke_VarHandleSegmentAsFloats.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public float getAtIndex(ValueLayout.OfFloat layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfFloat layout, long index, float value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }

    @Substitute
    public double get(ValueLayout.OfDouble layout, long offset) {
        return Target_java_lang_invoke_VarHandleSegmentAsDoubles.get(
                layout.varHandle(), this, offset);
    }

    @Substitute
    public void set(ValueLayout.OfDouble layout, long offset, double value) {
        Target_java_lang_invoke_VarHandleSegmentAsDoubles.set(
                layout.varHandle(), this, offset, value);
    }

    @Substitute
    public double getAtIndex(ValueLayout.OfDouble layout, long index) {
        return get(layout, SegmentOffset.of(layout, index));
    }

    @Substitute
    public void setAtIndex(ValueLayout.OfDouble layout, long index, double value) {
        set(layout, SegmentOffset.of(layout, index), value);
    }
}
