/**
 * The JDK's native methods, in Java. One class replaces the natives of one JDK class; what they
 * have in common, and what can be tested without a guest, is in classes and packages beside them.
 *
 * <p>Replaced so far: {@code java.util.zip}; files, which are those of {@link
 * dev.cortado.runtime.file.tree.FileTree}; pipes; sockets, names of hosts and interfaces, which are
 * those of {@link dev.cortado.runtime.network.GuestNetwork}; the console as standard streams;
 * random numbers; environment variables, of which there are none; process handles. Other processes
 * and native libraries end in an exception that says that the image has none.
 *
 * <p>{@link dev.cortado.runtime.natives.NativeTable} has all natives, and the reasons why some are
 * refused.
 */
package dev.cortado.runtime.jdk;
