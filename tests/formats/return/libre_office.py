# Edits one file with LibreOffice: FOLDER IN OUT EDITS. See libre-office.ts, which runs it.
import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

folder, source, target, asked = sys.argv[1:5]
with open(asked, encoding="utf-8") as file:
    wanted = json.load(file)
pipe = "galley" + os.path.basename(folder)
office = subprocess.Popen(
    [
        "soffice",
        "--headless",
        "--norestore",
        "--nologo",
        "-env:UserInstallation=file://" + folder + "/profile",
        "--accept=pipe,name=" + pipe + ";urp;",
    ],
    stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
    start_new_session=True,
)


def value(name, what):
    one = PropertyValue()
    one.Name = name
    one.Value = what
    return one


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(120):
        try:
            return resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start.")


def paragraphs(text):
    listing = text.createEnumeration()
    while listing.hasMoreElements():
        one = listing.nextElement()
        if one.supportsService("com.sun.star.text.Paragraph"):
            yield one


def seek(document, words):
    """A cursor over words of one paragraph; signs that are not in its text (comments, notes) are stepped over."""
    text = document.Text
    for paragraph in paragraphs(text):
        at = paragraph.String.find(words)
        if at < 0:
            continue
        for shift in range(0, 80):
            cursor = text.createTextCursorByRange(paragraph.Start)
            cursor.goRight(at + shift, False)
            cursor.goRight(len(words), True)
            if cursor.String == words:
                return cursor
    raise SystemExit("“" + words + "” is not in the text.")


def comments(document):
    listing = document.TextFields.createEnumeration()
    while listing.hasMoreElements():
        one = listing.nextElement()
        if one.supportsService("com.sun.star.text.textfield.Annotation"):
            yield one


def comment_of(document, words):
    for one in comments(document):
        if words in one.Content:
            return one
    raise SystemExit("There is no comment with “" + words + "”.")


def annotate(document, where, author, words):
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author = author
    note.Content = words
    where.Text.insertTextContent(where, note, True)


def opened(services, context, path):
    document = services.createInstanceWithContext("com.sun.star.text.TextDocument", context)
    document.load((value("URL", "file://" + path), value("FilterName", "MS Word 2007 XML")))
    return document


def saved_copy():
    profile = "-env:UserInstallation=file://" + folder + "/second"
    copies = folder + "/copies"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "docx", "--outdir", copies, source],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=True,
    )
    print("saved a copy first")
    return copies + "/" + os.path.basename(source)


def carry_out(services, context, document, edit):
    what = edit["do"]
    document.RecordChanges = edit.get("tracked", False)
    if what == "replace":
        seek(document, edit["words"]).String = edit["to"]
    elif what == "drop":
        seek(document, edit["words"]).String = ""
    elif what == "comment":
        annotate(document, seek(document, edit["words"]), edit["author"], edit["text"])
    elif what == "resolve":
        comment_of(document, edit["of"]).Resolved = True
    elif what == "remove-comment":
        comment_of(document, edit["of"]).dispose()
    elif what == "decide-all":
        frame = document.CurrentController.Frame
        dispatch = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        verdict = "Accept" if edit["verdict"] == "accept" else "Reject"
        dispatch.executeDispatch(frame, ".uno:" + verdict + "AllTrackedChanges", "", 0, ())
    elif what == "decide":
        frame = document.CurrentController.Frame
        dispatch = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

        def do(command):
            dispatch.executeDispatch(frame, ".uno:" + command, "", 0, ())

        do("GoToStartOfDoc")
        for _ in range(edit["nth"]):
            do("NextTrackedChange")
        print("decided", repr(document.CurrentController.ViewCursor.String))
        do("AcceptTrackedChange" if edit["verdict"] == "accept" else "RejectTrackedChange")


try:
    context = connect()
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    if wanted["window"]:
        document = desktop.loadComponentFromURL(
            "file://" + source, "_blank", 0, (value("Hidden", True),)
        )
    else:
        try:
            document = opened(services, context, source)
        except Exception:
            # Without a window it opens no file with comments in footnotes; its own copy of such a file has none.
            document = opened(services, context, saved_copy())
    for edit in wanted["edits"]:
        carry_out(services, context, document, edit)
    document.RecordChanges = False
    document.storeToURL("file://" + target, (value("FilterName", "MS Word 2007 XML"),))
    print("stored")
finally:
    office.terminate()
    try:
        os.killpg(office.pid, 15)
    except ProcessLookupError:
        pass
