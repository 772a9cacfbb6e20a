/**
 * 9P2000.L, by which a host shares a folder: the protocol's client. The messages are those of the
 * protocol's description ({@code https://github.com/chaos/diod/blob/master/protocol.md}) and of
 * 9P2000 (intro(5) of Plan 9's manual); numbers of flags and errors are Linux's.
 *
 * <p>Servers that find attributes by names, as older ones of QEMU do, cannot tell any more what an
 * open file is like that has lost its name: its attributes are as they were last, with the size
 * that was written. To change them, or to cut the file, fails with ESTALE then, and also with newer
 * ones if another file has the name by now.
 *
 * <p>Not done: authentication, and extended attributes without a value, for which the protocol has
 * no message.
 */
package dev.cortado.runtime.file.ninep;
