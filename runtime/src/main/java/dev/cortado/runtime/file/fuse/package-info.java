/**
 * The messages of FUSE (Linux, include/uapi/linux/fuse.h, version 7.31 and later ones), which a
 * host's virtiofsd answers: the protocol's client. Numbers of flags and errors are Linux's.
 *
 * <p>A node is a file that the server knows; each reply that names one is counted, and is forgotten
 * as often. Nothing is believed longer than a reply takes: servers may let names and attributes be
 * kept, and here they are not.
 *
 * <p>A folder that consists of several file systems has numbers of files twice. A server that says
 * where another one begins (FUSE_SUBMOUNTS) is listened to, and those numbers are made different;
 * by way of another server, the second file of one number cannot be opened while the first is in
 * use.
 *
 * <p>A request is not taken back: for an interrupted caller the servers that there are have no ear,
 * so it waits until the reply has come. Files that are made have no owner but the host's superuser,
 * or who the server makes of that.
 *
 * <p>Not done: locks, DAX, notifications, FLUSH (nothing is left to be written when a file is
 * closed), READDIRPLUS, extended attributes that do not fit into one message.
 */
package dev.cortado.runtime.file.fuse;
