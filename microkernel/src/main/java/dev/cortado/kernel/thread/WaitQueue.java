package dev.cortado.kernel.thread;

import dev.cortado.kernel.list.NodeList;
import org.graalvm.nativeimage.c.struct.RawStructure;

/** Threads that wait for something, first come first served. All zero is an empty queue. */
@RawStructure
public interface WaitQueue extends NodeList {}
