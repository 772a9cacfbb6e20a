/**
 * What a program can do to files, as tables whose results are lines of text: the same program is
 * run by HotSpot on Linux, and in a guest, and the lines are compared.
 */
package dev.cortado.system.guest.files;
