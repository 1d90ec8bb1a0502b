# The German texts of Keyhatch. Sections, ids and comments are those of `en.ftl`. Readers are addressed formally (Sie).


## access

# Heading and button of the sign-in page.
access-sign_in = Anmelden

# Label.
access-email = E-Mail

# Label.
access-password = Passwort

# Error of an empty email.
access-email_missing = Geben Sie Ihre E-Mail-Adresse ein.

# Error of an empty password.
access-password_missing = Geben Sie Ihr Passwort ein.

# Heading of the second step.
access-enter_code = Code eingeben

# What that step is for.
access-code_wanted = Ihr Passwort ist richtig. Geben Sie jetzt den Code ein, den Ihre Authenticator-App für diese Website anzeigt.

# Label.
access-code = Code

# Hint of the code.
access-code_hint = Sechs Ziffern oder einer Ihrer Wiederherstellungscodes.

# Link back to the first step.
access-sign_in_as_someone_else = Als jemand anderes anmelden

# Why the first step is asked for again.
access-start_again = Die Anmeldung ist abgelaufen, oder zu viele Codes waren falsch. Melden Sie sich erneut an.

# Heading of the dialog above an open form.
access-sign_in_again = Erneut anmelden

# Why that dialog opened.
access-session_ended = Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren; Ihre Eingaben bleiben erhalten.

# On the sign-in page, of a session that timed out.
access-sign_in_to_continue = Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren.

# On the sign-in page, after signing out.
access-signed_out = Sie sind abgemeldet.

# Above a form that was filled in before the session ended.
access-form_restored = Sie sind wieder angemeldet. Ihre Eingaben sind noch da, aber noch nicht gespeichert. Passwörter und Codes müssen Sie erneut eingeben.

# Button.
access-cancel = Abbrechen

# Heading of the set-up page.
access-set_up = Konto einrichten

# Label.
access-account_name = Name des Kontos

# Hint of the account's name.
access-account_name_hint = Ihr Unternehmen, so wie die Mitglieder es sehen.

# Hint of the email.
access-email_hint = Damit melden Sie sich an.

# Hint of a new password.
access-password_hint = Mindestens 12 Zeichen. Mehrere Wörter sind leichter zu merken als Sonderzeichen.

# Button of the set-up page.
access-create_account = Konto erstellen

# Heading when the link opens nothing.
access-set_up_closed = Die Einrichtung ist geschlossen

# What to do then.
access-set_up_closed_advice = Dieser Link ist abgelaufen oder unvollständig. Wenn es schon ein Konto gibt, melden Sie sich an. Andernfalls verwenden Sie den Link, den Keyhatch beim letzten Start ausgegeben hat; solange es kein Konto gibt, gibt jeder Start einen neuen aus.

# Link.
access-go_to_sign_in = Zur Anmeldung

# Heading while the database cannot be read.
access-set_up_unavailable = Die Einrichtung ist gerade nicht möglich


## activity

# Heading of the page, and name of its table.
activity-title = Aktivität

# Below the heading.
activity-introduction = Wer in diesem Konto wann und von wo aus was getan hat. Zeiten in UTC. Nachträgliche Änderungen am Protokoll fallen auf.

# Link to the same rows as a file.
activity-export = Als CSV exportieren

# Heading while the record cannot be read.
activity-cannot_be_shown = Die Aktivität kann nicht angezeigt werden

# Link.
activity-try_again = Erneut versuchen

# Accessible name of the filter.
activity-filter_form = Aktivität filtern

# Label of the filter by member.
activity-member = Wer

# Its choice that filters nothing.
activity-everyone = Alle

# Label of the filter by subject: keys, members and so on.
activity-group = Bereich

# Its choice that filters nothing.
activity-everything = Alles

# Column of keys, and label of the filter by key.
activity-key = Schlüssel

# In that field.
activity-key_hint = Name, letzte Zeichen

# Label of the first day.
activity-from_date = Von

# Label of the last day.
activity-to_date = Bis

# Button that applies the filter.
activity-filter = Filtern

# Link that removes the filter.
activity-show_everything = Alles anzeigen

# In place of an empty table.
activity-no_more = Keine weiteren Einträge.

activity-no_match = Kein Eintrag entspricht diesen Filtern.

# Column of times.
activity-when = Wann

# Column of members.
activity-who = Wer

# Column of sentences such as "Created the key Web shop".
activity-what = Was

# Column of network addresses.
activity-from = Von

# Who works on the server's command line, in place of an email.
activity-operator = Betreiber

# Accessible name of the links to other pages.
activity-pages = Seiten der Aktivität

activity-newest = Neueste

activity-older = Ältere

# What the link on a key does.
activity-show_key = Aktivität des Schlüssels „{ $name }“ anzeigen


## dialogs

dialogs-cancel = Abbrechen
dialogs-close = Schließen
dialogs-busy = Einen Moment …
dialogs-disable_title = API-Schlüssel deaktivieren
dialogs-disable = Schlüssel deaktivieren
dialogs-disable_effect = Anfragen mit diesem Schlüssel schlagen sofort fehl, bis Sie ihn wieder aktivieren.
dialogs-disable_effect_many = Anfragen mit diesen Schlüsseln schlagen sofort fehl, bis Sie sie wieder aktivieren.
dialogs-enable_title = API-Schlüssel aktivieren
dialogs-enable = Schlüssel aktivieren
dialogs-enable_effect = Anfragen mit diesem Schlüssel sind sofort wieder erlaubt, im Rahmen seiner Whitelist, Berechtigungen und Limits.
dialogs-enable_effect_many = Anfragen mit diesen Schlüsseln sind sofort wieder erlaubt, im Rahmen ihrer Whitelists, Berechtigungen und Limits.
dialogs-delete_title = API-Schlüssel löschen
dialogs-delete = Schlüssel löschen
dialogs-delete_effect = Anfragen mit diesem Schlüssel schlagen sofort fehl. Das lässt sich nicht rückgängig machen.
dialogs-delete_effect_many = Anfragen mit diesen Schlüsseln schlagen sofort fehl. Das lässt sich nicht rückgängig machen.
dialogs-disable_instead = Stattdessen deaktivieren
dialogs-disable_first = Nicht sicher, ob ihn noch etwas braucht? Deaktivieren Sie den Schlüssel zuerst; das lässt sich rückgängig machen.
dialogs-reason = Grund (optional)
dialogs-reason_hint = Wird im Verlauf des Schlüssels gespeichert.
dialogs-confirm_name_hint = Der Schlüssel ist in Gebrauch. Geben Sie deshalb bitte seinen Namen ein.
dialogs-end_overlap_title = Alten API-Schlüssel beenden
dialogs-end_overlap = Alten Schlüssel jetzt beenden
dialogs-rotate_title = API-Schlüssel erneuern
dialogs-rotate = Schlüssel erneuern
dialogs-rotate_again = Der alte Schlüssel von der letzten Erneuerung gilt noch. Er wird jetzt ungültig: Nur der aktuelle Schlüssel kann neben dem neuen weiter gelten.
dialogs-overlap = Der alte Schlüssel gilt noch
dialogs-overlap_none = Gar nicht mehr: Er wird sofort abgelehnt
dialogs-overlap_1h = 1 Stunde
dialogs-overlap_24h = 24 Stunden
dialogs-overlap_7d = 7 Tage
dialogs-overlap_date = Bis zu einem Datum …
dialogs-overlap_until = Bis (UTC)
dialogs-overlap_hint = Bis dahin zeigt die Seite des Schlüssels, welche Adressen den alten Schlüssel noch verwenden; dort können Sie ihn auch früher beenden.
dialogs-old_secret_not_used = Der alte Schlüssel wurde seit der Erneuerung nicht verwendet.
dialogs-never_used = Er wurde noch nie verwendet.

# The label of the field that a key in use asks for.
dialogs-confirm_name = Zur Bestätigung „{ $name }“ eingeben
dialogs-keys = { $count } Schlüssel

# Beside the number of keys: the first names of several keys, with commas between.
dialogs-named = {" "}({ $names })

dialogs-named_and_more = {" "}({ $names } und { $more } weitere)

# When a key was last used; $ago is a time such as `3 days ago`, `just now` or `on 18 Nov 2026`.
dialogs-used = Zuletzt { $ago } verwendet.

dialogs-used_from = Zuletzt { $ago } von { $address } verwendet.

# How many of several keys are in use, unless all are.
dialogs-in_use_of = { $used ->
    [0] Keiner davon wurde in den letzten 24 Stunden verwendet.
    [one] 1 von { $of } wurde in den letzten 24 Stunden verwendet.
   *[other] { $used } von { $of } wurden in den letzten 24 Stunden verwendet.
 }

dialogs-all_in_use = Alle wurden in den letzten 24 Stunden verwendet.

# $key is the key's name and the parts of its value that are shown.
dialogs-rotate_effect = { $key } bekommt einen neuen Schlüssel, der nur einmal angezeigt wird. Name, Whitelist, Berechtigungen und Limits bleiben gleich.

# These two are shown together, of a key whose old secret is ended.
dialogs-overlap_key_works = { $key } gilt weiter.

# $until is a date and time.
dialogs-overlap_ends_now = Der alte Schlüssel, der noch bis { $until } gelten würde, wird sofort abgelehnt. Die Seite des Schlüssels zeigt, welche Adressen ihn noch verwenden.

# $ago is a time such as `3 days ago`.
dialogs-old_secret_used_at = Der alte Schlüssel wurde zuletzt { $ago } verwendet.


## editor

editor-add_title = API-Schlüssel hinzufügen
editor-edit_title = API-Schlüssel bearbeiten
editor-save = Speichern

# The same button, of a key that is added.
editor-save_new = Speichern
editor-saving = Wird gespeichert …
editor-cancel = Abbrechen
editor-close = Schließen
editor-name = Name
editor-name_hint = Das Programm, das diesen Schlüssel verwendet. Sie können ihn später ändern.
editor-environment = Umgebung
editor-live = Live
editor-sandbox = Sandbox
editor-start_from = Vorlage
editor-privileges = Berechtigungen
editor-module = Modul
editor-all_privileges = Alle Berechtigungen
editor-all_privileges_hint = Gilt auch für Module, die später hinzukommen.
editor-no_privileges = Ohne Berechtigungen weist der Schlüssel nur aus, wer aufruft.
editor-privileges_fixed = Die Berechtigungen wurden beim Erstellen des Schlüssels festgelegt und lassen sich nicht ändern. Für andere Berechtigungen fügen Sie einen weiteren Schlüssel hinzu.
editor-privileges_will_be_fixed = Wählen Sie mit Bedacht: Berechtigungen lassen sich später nicht ändern.
editor-whitelist = IP-Whitelist
editor-whitelist_hint = Eine IP-Adresse, ein Bereich oder ein CIDR-Block je Zeile, z. B. 203.0.113.0/24.{" "}
editor-whitelist_hint_optional = Eine IP-Adresse, ein Bereich oder ein CIDR-Block je Zeile, z. B. 203.0.113.0/24. Leer erlaubt jede Adresse.{" "}
editor-whitelist_required = Ein Schlüssel funktioniert nur von den Adressen, die hier stehen. Geben Sie mindestens eine ein.
editor-any_address = Jede Adresse darf diesen Schlüssel verwenden.
editor-add_my_address = Meine Adresse hinzufügen
editor-limits = Limits und Ablauf
editor-expires = Läuft ab
editor-expires_at = Läuft ab am (UTC)
editor-never = Nie
editor-on_a_date = An einem Datum …
editor-per_second = Aufrufe pro Sekunde
editor-per_minute = Aufrufe pro Minute
editor-per_hour = Aufrufe pro Stunde
editor-per_day = Aufrufe pro Tag
editor-uses = Anzahl der Nutzungen
editor-refill = Beginnt neu
editor-refill_day = Jeden Tag
editor-refill_month = Jeden Monat
editor-limits_hint = Ein leeres Feld bedeutet kein Limit. Tage und Monate beginnen um 00:00 UTC. Ein Aufruf über einem Limit wird abgelehnt und nicht gezählt.
editor-keep_theirs = Fremde Werte behalten
editor-use_mine = Meine Werte verwenden

# The hint below the environments.
editor-environment_hint = Verwenden Sie Sandbox-Schlüssel zum Testen. Sie beginnen mit { $sandbox_prefix }. Das lässt sich später nicht ändern.

# "6 of 50".
editor-count_of = { $count } von { $limit }
editor-valid_entries = { $count } gültig
editor-wrong_entries = { $count } zu korrigieren
editor-add_address = { $address } hinzufügen
editor-use_instead = Stattdessen { $suggestion } verwenden

# Beside the number of valid entries of a whitelist.
editor-redundant_entries = { $count ->
    [one] 1 steht schon in der Liste und zählt einmal
   *[other] { $count } stehen schon in der Liste und zählen einmal
 }

# What is wrong with a line of the whitelist; $error is a sentence.
editor-line_error = Zeile { $number }: { $error }

# The whitelist would block the latest caller; $ago is a time such as `3 days ago`.
editor-blocked_caller = { $address } hat diesen Schlüssel zuletzt { $ago } verwendet und würde gesperrt.

# A lifetime in the list of expiries.
editor-days = { $days ->
    [one] 1 Tag
    [365] 1 Jahr
   *[other] { $days } Tage
 }

# The longest lifetime.
editor-at_most = { $days ->
    [one] Höchstens 1 Tag ab jetzt.
    [365] Höchstens 1 Jahr ab jetzt.
   *[other] Höchstens { $days } Tage ab jetzt.
 }

# $environment is Live or Sandbox.
editor-environment_fixed = { $environment }, beim Erstellen des Schlüssels festgelegt.

# Another member saved the key while its form was open. $by is their email, $ago a time such as `3 minutes ago`.
editor-changed_meanwhile = { $by } hat diesen Schlüssel { $ago } geändert, und Sie ebenfalls. Ihre Änderungen sind noch nicht gespeichert.

# A field that both changed: its label and the two values.
editor-difference_in = { $field }: gespeichert ist { $theirs }, Ihre Eingabe ist { $mine }.

# A value that is empty.
editor-empty = nichts

# All privileges.
editor-all = alle


## errors

# Messages above a form, or in place of a page: what is wrong and what to do about it.
errors-signed_out = Ihre Sitzung ist beendet. Melden Sie sich erneut an, um fortzufahren; Ihre Eingaben bleiben erhalten.

errors-wrong_credentials = Die E-Mail-Adresse oder das Passwort ist falsch.

# A viewer tries to change a key.
errors-forbidden = Mit Ihrer Rolle können Sie Schlüssel sehen, aber nicht ändern. Fragen Sie einen Inhaber oder Administrator.

# "Security" is the name of the page, as in the side menu.
errors-two_factor_required = Ihr Konto verlangt Zwei-Faktor-Codes. Richten Sie sie zuerst unter „Sicherheit“ ein.

errors-not_found = Diesen Schlüssel gibt es nicht mehr. Vielleicht wurde er gelöscht; laden Sie die Seite neu.

errors-other_account = In diesem Browser wurde ein anderes Konto geöffnet, deshalb wurde nichts geändert. Laden Sie die Seite neu, um zu sehen, welches.

errors-too_many_keys = Dieses Konto hat sein Limit von { $limit } Schlüsseln erreicht. Löschen Sie einen nicht verwendeten Schlüssel, und speichern Sie dann.

# The fields have messages of their own.
errors-invalid = Einige Felder brauchen einen anderen Wert.

errors-last_owner = Ein Konto braucht mindestens einen Inhaber. Machen Sie zuerst ein anderes Mitglied zum Inhaber.

errors-setup_closed = Dieser Link zur Einrichtung wurde bereits verwendet oder ist ungültig. Melden Sie sich an, oder starten Sie Keyhatch neu, um einen neuen Link zu erhalten.

# Up to 90 seconds.
errors-limited_seconds = { $seconds ->
    [one] Zu viele Versuche. Versuchen Sie es in 1 Sekunde erneut.
   *[other] Zu viele Versuche. Versuchen Sie es in { $seconds } Sekunden erneut.
 }

# Two minutes or more.
errors-limited_minutes = { $minutes ->
    [one] Zu viele Versuche. Versuchen Sie es in 1 Minute erneut.
   *[other] Zu viele Versuche. Versuchen Sie es in { $minutes } Minuten erneut.
 }

errors-bad_request = Der Server hat diese Seite nicht verstanden. Laden Sie sie neu, und versuchen Sie es noch einmal.

errors-unavailable = Die Datenbank ist gerade nicht erreichbar. Nichts wurde geändert; versuchen Sie es gleich noch einmal.

errors-unreachable = Der Server ist nicht erreichbar. Ihre Eingaben bleiben erhalten; prüfen Sie die Verbindung, und versuchen Sie es noch einmal.

errors-internal = Bei uns ist etwas schiefgegangen. Nichts wurde geändert; versuchen Sie es noch einmal.


## explain

explain-title = API-Schlüssel testen
explain-address = Adresse
explain-address_hint = Woher der Aufruf käme.
explain-privilege = Berechtigung
explain-channel = Kanal
explain-cost = Kosten
explain-none = Ohne
explain-test = Testen
explain-testing = Wird getestet …
explain-done = Fertig
explain-allowed = ✓ Erlaubt
explain-edit_key = Schlüssel bearbeiten
explain-check_passed = bestanden
explain-check_failed = nicht bestanden

# $code is a word of the interface, such as EXPIRED.
explain-refused_with = ✕ Abgelehnt: { $code }


## explain_form

# Error of the field for an address.
explain_form-address_wrong = Geben Sie eine einzelne Adresse ein, z. B. 203.0.113.7, ohne Port und ohne Maske.

# Error of the choice of a channel, such as http.
explain_form-channel_unknown = Diesen Kanal gibt es nicht. Wählen Sie einen aus der Liste.

# Error of the field for the cost of a call.
explain_form-cost_wrong = Geben Sie eine ganze Zahl von 0 bis 1.000.000 ein; die meisten Aufrufe kosten 1.


## forms

# Why a form that is not about keys was refused.
forms-forbidden = Ihre Rolle erlaubt das nicht. Fragen Sie einen Inhaber des Kontos.

forms-not_found = Das gibt es nicht mehr. Vielleicht wurde es gelöscht; laden Sie die Seite neu.


## frame

# Link to the main content, for keyboards.
frame-skip_to_content = Zum Inhalt springen

# Menu item, and name of the side menu.
frame-settings = Einstellungen

# Menu item that ends the session.
frame-sign_out = Abmelden

# Name of the list of accounts.
frame-accounts = Konten

# Side menu group of credentials for programs.
frame-connections = Verbindungen

# Link to the list of keys.
frame-api_keys = API-Schlüssel

# Side menu group of the account.
frame-account = Konto

# Link to the sub-accounts.
frame-sub_accounts = Unterkonten

# Link to the members.
frame-members = Mitglieder

# Link to the audit log.
frame-activity = Aktivität

# Link to the member's own security settings.
frame-security = Sicherheit

# Heading of a page whose data cannot be read.
frame-page_unavailable = Diese Seite kann nicht angezeigt werden

# Link that loads the page again.
frame-try_again = Erneut versuchen

# Heading of the 404 page.
frame-not_found = Seite nicht gefunden

# What may be wrong.
frame-not_found_advice = Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.

# Link to the list of keys.
frame-go_to_keys = Zu den API-Schlüsseln

# The document's title.
frame-document_title = { $page } · { $product }

# What search engines and shared links show of the console.
frame-description = { $product }: die API-Schlüssel Ihres Kontos erstellen, einschränken, erneuern und löschen.

# Name of the group of languages in the profile menu.
frame-language = Sprache

# Choice in that group.
frame-language_of_browser = Sprache des Browsers

# Name of the button that opens the list of accounts.
frame-account_button = Konto: { $name }

# Banner while a sub-account is open.
frame-is_sub_account = Dies ist ein Unterkonto von { $of }.

# Button of that banner.
frame-back_to_account = Zurück zu { $name }


## history

# Entries of a key's history. $who is an email, or `operator` or `keyhatch` for what was done on the server.
history-created = { $who } hat diesen Schlüssel als „{ $name }“ erstellt.

# $changes are one or more of the texts below, with semicolons between.
history-updated = { $who } hat diesen Schlüssel geändert: { $changes }.

history-saved = { $who } hat diesen Schlüssel ohne Änderungen gespeichert.

# $from and $to are values, or words such as `any address` below.
history-change = { $field ->
    [name] Name „{ $from }“ → „{ $to }“
    [whitelist] IP-Whitelist { $from } → { $to }
    [privileges] Berechtigungen { $from } → { $to }
    [limits] Limits { $from } → { $to }
   *[expires_at] Ablauf { $from } → { $to }
 }

# An empty whitelist.
history-any_address = jede Adresse

# All privileges.
history-all = alle

# No privileges, or no limits.
history-none = keine

# No expiry.
history-never = nie

history-rotated = { $who } hat diesen Schlüssel erneuert; der alte Schlüssel wurde sofort ungültig.

# $until is a date and time.
history-rotated_until = { $who } hat diesen Schlüssel erneuert; der alte Schlüssel gilt bis { $until }.

history-overlap_ended = { $who } hat den alten Schlüssel beendet.

history-disabled = { $who } hat diesen Schlüssel deaktiviert.

history-enabled = { $who } hat diesen Schlüssel aktiviert.

history-deleted = { $who } hat diesen Schlüssel gelöscht.

# $reason is what that member wrote.
history-deleted_because = { $who } hat diesen Schlüssel gelöscht: { $reason }

history-deleted_again = Eine ältere Datenbank wurde wiederhergestellt; dieser Schlüssel wurde erneut gelöscht.

history-retired_again = Eine ältere Datenbank wurde wiederhergestellt; der alte Schlüssel wurde erneut ungültig gemacht.

# An act that this version does not know, by its name in the database.
history-other = { $who }: { $action }


## key_details

# Title of the document.
key_details-title = API-Schlüssel
key_details-cannot_be_shown = Der Schlüssel kann nicht angezeigt werden
key_details-back_to_list = Zurück zu den API-Schlüsseln
key_details-back = ← API-Schlüssel
key_details-edit = Schlüssel bearbeiten
key_details-rotate = Schlüssel erneuern
key_details-disable = Schlüssel deaktivieren
key_details-enable = Schlüssel aktivieren
key_details-delete = Schlüssel löschen
key_details-test = Schlüssel testen
key_details-copy = Kopieren
key_details-about = Über diesen Schlüssel
key_details-danger = Gefahrenbereich
key_details-disable_hint = Anfragen mit diesem Schlüssel schlagen sofort fehl, bis Sie ihn wieder aktivieren.
key_details-enable_hint = Anfragen mit diesem Schlüssel werden abgelehnt, bis Sie ihn aktivieren.
key_details-delete_hint = Anfragen mit diesem Schlüssel schlagen sofort fehl. Das lässt sich nicht rückgängig machen.
key_details-old_key = Alter Schlüssel
key_details-old_key_not_used = Der alte Schlüssel wurde seit der Erneuerung nicht verwendet.
key_details-old_key_used_from = Er wurde verwendet von:
key_details-end_old_key = Alten Schlüssel jetzt beenden
key_details-how_to_send = So senden Sie ihn
key_details-history = Verlauf
key_details-older = Ältere
key_details-never_used = Noch nie verwendet
key_details-keep_in_variable = Legen Sie den Schlüssel in einer Umgebungsvariable ab, hier { $variable }, und senden Sie ihn mit jedem Aufruf.

# The accessible name of a sample.
key_details-example_in = Beispiel in { $language }

# The summary of a folded list.
key_details-more_entries = { $count } weitere

# Where an entry of the history came from.
key_details-from_address = , von { $address }

# Accessible name of the button that copies the key's id.
key_details-copy_id = ID kopieren

# Accessible name of the button that copies a sample.
key_details-copy_example_in = Beispiel in { $language } kopieren

# The last use, beside the name; $ago is a time such as `3 days ago`.
key_details-used_from = Zuletzt { $ago } von { $address } verwendet

key_details-used_from_unknown = Zuletzt { $ago } von einer unbekannten Adresse verwendet

# An address that still uses the old key, in a list.
key_details-old_key_used_by = { $address }, zuletzt { $ago }

key_details-old_key_used_by_unknown = einer unbekannten Adresse, zuletzt { $ago }

# $at is a date and time.
key_details-old_key_works_until = Der alte Schlüssel gilt bis { $at }.

# $limit is a limit such as `600 calls per minute`, $left a number.
key_details-limit_left = { $limit }: noch { $left } übrig

# $at is a date and time.
key_details-limit_left_until = { $limit }: noch { $left } übrig, beginnt neu am { $at }


## key_properties

# Badges beside the key's name.
key_properties-live = Live

key_properties-sandbox = Sandbox

# $date is a date.
key_properties-deleted_on = Gelöscht: { $date }

key_properties-disabled = Deaktiviert

key_properties-expired = Abgelaufen

# "Rotate Key" is the button of that name.
key_properties-needs_rotation = Muss erneuert werden: Der Schlüssel ist nicht mehr gültig

# Labels of the properties below.
key_properties-key = Schlüssel

key_properties-id = ID

key_properties-state = Status

key_properties-whitelist = IP-Whitelist

key_properties-privileges = Berechtigungen

key_properties-limits = Limits

key_properties-expires = Läuft ab

key_properties-created = Erstellt

key_properties-updated = Geändert

key_properties-last_used = Zuletzt verwendet

# Why the key was deleted.
key_properties-reason = Grund

# The whitelist is empty.
key_properties-any_address = Jede Adresse

# There are no limits.
key_properties-none = Keine

# Of an expiry or a last use.
key_properties-never = Nie

# When the key was created or updated, and by whom: an email, or `operator` for the server's command line.
key_properties-at_by = { $at }, von { $member }

# The last use. $at is a date and time.
key_properties-used_from = { $at }, von { $address }

key_properties-used_from_unknown = { $at }, von einer unbekannten Adresse

# The state of the key.
key_properties-state_deleted = Gelöscht am { $at } von { $member }

key_properties-state_disabled = Deaktiviert: Jeder Aufruf wird abgelehnt

key_properties-state_expired = Abgelaufen: Jeder Aufruf wird abgelehnt

key_properties-state_retired = Der Schlüssel wurde durch eine Erneuerung ungültig, die diese aus einer Sicherung wiederhergestellte Datenbank nicht enthält. Erneuern Sie ihn.

key_properties-state_active = Aktiv


## keys_page

keys_page-cannot_be_shown = Die Schlüssel können nicht angezeigt werden
keys_page-try_again = Erneut versuchen


## list

# Heading of the page.
list-title = API-Schlüssel

# Below the heading.
list-introduction = Geben Sie jedem Programm einen eigenen Schlüssel, nur mit den Berechtigungen und Netzwerken, die es braucht.

# Link to the form of a new key.
list-add_key = Schlüssel hinzufügen

# Heading of a list without any key.
list-no_keys_yet = Noch keine Schlüssel

# Explains keys in an account without any.
list-what_a_key_is = Ein Programm sendet mit jedem API-Aufruf einen Schlüssel, um zu zeigen, für welches Konto es handelt. Sie legen fest, was der Schlüssel darf und von welchen Adressen aus. Er wird nur einmal angezeigt; bearbeiten oder löschen können Sie ihn hier jederzeit.

# Accessible name of the search field.
list-search = Schlüssel suchen

# What can be searched for.
list-search_hint = Name oder letzte Zeichen

# Button that opens the filters on a small screen, and their heading.
list-filters = Filter

# Button that applies the filters.
list-show_keys = Schlüssel anzeigen

# Link that removes all filters from the form.
list-clear = Zurücksetzen

# Closes what is open.
list-close = Schließen

# Name of the filter by environment.
list-environment = Umgebung

# Name of the filter by status.
list-status = Status

# Name of the choice of order.
list-sort_by = Sortieren nach

# A filter that shows everything.
list-all = Alle

# The live environment.
list-live = Live

# The sandbox environment.
list-sandbox = Sandbox

# The status of a disabled key.
list-disabled = Deaktiviert

# The status of a key whose time has ended.
list-expired = Abgelaufen

# The status of a deleted key.
list-deleted = Gelöscht

# Accessible name of the table.
list-table = API-Schlüssel

# Column of names.
list-name = Name

# Column of prefixes and last characters.
list-key = Schlüssel

# Column of privileges.
list-privileges = Berechtigungen

# Column of whitelists.
list-whitelist = Whitelist

# Column of last uses.
list-last_used = Zuletzt verwendet

# Column of creation dates.
list-created = Erstellt

# Column of expiries, shown in place of the creation dates while the list is sorted by it.
list-expires = Läuft ab

# Column of menus.
list-actions = Aktionen

# On a small screen, before how long ago a key was used, with the space between.
list-used = Verwendet{" "}

# On a small screen, of a key that was never used.
list-never_used = Noch nie verwendet

# In a column of times: there is none.
list-never = Nie

# Second line of a key without a working secret.
list-needs_rotation = Schlüssel ungültig: bitte erneuern

# Menu item that edits a key.
list-edit_key = Schlüssel bearbeiten

# Menu item that rotates a key.
list-rotate_key = Schlüssel erneuern

# Menu item that disables a key.
list-disable_key = Schlüssel deaktivieren

# Menu item that enables a key.
list-enable_key = Schlüssel aktivieren

# Menu item that tests a key.
list-test_key = Schlüssel testen

# Menu item that ends a key's old secret.
list-end_old_key = Alten Schlüssel jetzt beenden

# Menu item that deletes a key.
list-delete_key = Schlüssel löschen

# Check box in the table's head.
list-select_all = Alle auf dieser Seite auswählen

# Shows the check boxes on a small screen.
list-select = Auswählen

# Button of the bulk bar.
list-disable = Deaktivieren

# Button of the bulk bar.
list-enable = Aktivieren

# Button of the bulk bar.
list-delete = Löschen …

# Button that ends the selection.
list-clear_selection = Auswahl aufheben

# Link that adds keys to the list.
list-load_more = Mehr laden

# Link to the keys that no longer fit on this page.
list-next_page = Nächste Seite

# Link back to the start of the list.
list-first_page = Erste Seite

# Link that removes search and filters.
list-show_all = Alle Schlüssel anzeigen

# Heading of the list of shortcuts, and the button that opens it.
list-shortcuts = Tastenkürzel

# What `/` does.
list-shortcut_search = Suchen

# What `?` does.
list-shortcut_help = Diese Liste anzeigen

# No key matches the filters.
list-no_match = Kein Schlüssel entspricht diesen Filtern.

# How many keys the account has, beside the heading.
list-keys_of_limit = { $total } von { $limit } Schlüsseln

# How many keys match search and filters.
list-matching = { $matching } von { $total }

# How many deleted keys there are, which are not among the account's keys.
list-deleted_count = { $count } gelöscht

# How many keys this page shows.
list-shown = { $shown } von { $matching } angezeigt

# No key matches the search.
list-no_match_for = Kein Schlüssel passt zu „{ $search }“.

# Accessible name of a key's menu and of the button that opens it.
list-actions_for = Aktionen für { $name }

# Accessible name of a key's check box.
list-select_key = { $name } auswählen

# Tag of a deleted key.
list-deleted_on = Gelöscht: { $date }

# Tag of an expired key.
list-expired_on = Abgelaufen: { $date }

# Second line of a key that expires soon.
list-expires_in = Noch { $duration } gültig

# Second line of a rotated key.
list-old_key_until = Alter Schlüssel gilt bis { $time }

# On hover, the exact time and address of the last use.
list-used_from_address = { $time } von { $address }

list-used_from_unknown = { $time } von einer unbekannten Adresse


## list_islands

# Accessible name of the bulk bar, and its text until the keys are counted.
list_islands-selected_keys = Ausgewählte Schlüssel

# In the bulk bar.
list_islands-selected = { $count } ausgewählt

# Check box that switches the shortcuts on and off, for people whose speech input types such keys by accident.
list_islands-use_shortcuts = Diese Tastenkürzel in diesem Browser verwenden


## mail

# Subject of an invitation.
mail-invitation_subject = Einladung zu { $account } auf { $product }

# Text of an invitation.
mail-invitation =
    Sie sind zu { $account } auf { $product } eingeladen.

    Öffnen Sie diesen Link, um ein Passwort zu wählen und beizutreten. Er funktioniert einmal, innerhalb von 7 Tagen:

    { $link }

    Wenn Sie diese Einladung nicht erwartet haben, ignorieren Sie sie: Solange der Link nicht geöffnet wird, geschieht nichts.

# Subject of a link for a new password.
mail-reset_subject = Neues Passwort für { $product } wählen

# Text of a link for a new password.
mail-reset =
    Jemand, vermutlich Sie selbst, hat ein neues Passwort für { $email } auf { $product } angefordert.

    Öffnen Sie diesen Link, um eines zu wählen. Er funktioniert einmal, innerhalb einer Stunde:

    { $link }

    Wenn Sie das nicht waren, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.

# Subject of the message that a password was changed.
mail-password_changed_subject = Ihr Passwort für { $product } wurde geändert

# Text of the message that a password was changed; `at` is a date and time, `link` leads to the page for a lost password.
mail-password_changed =
    Das Passwort von { $email } auf { $product } wurde mit einem Einmal-Link geändert: { $at }. Alle Sitzungen sind beendet.

    Wenn Sie das nicht waren, wählen Sie sofort ein neues Passwort:

    { $link }

    Benachrichtigen Sie danach einen Inhaber Ihres Kontos.


## members

members-title = Mitglieder
members-cancel = Abbrechen
members-close = Schließen
members-role_updated = Die Rolle wurde geändert. Sie gilt ab der nächsten Anfrage des Mitglieds.
members-member_deleted = Das Mitglied wurde gelöscht und überall abgemeldet. Von ihm erstellte Schlüssel funktionieren weiter.
members-invitation_deleted = Die Einladung wurde gelöscht. Ihr Link funktioniert nicht mehr.
members-codes_required = Zwei-Faktor-Codes sind jetzt Pflicht.
members-codes_planned = Das Datum wurde gespeichert. Mitglieder ohne Zwei-Faktor-Codes sehen bis dahin einen Hinweis.
members-codes_optional = Zwei-Faktor-Codes sind freiwillig.
members-email = E-Mail
members-role = Rolle
members-last_signed_in = Zuletzt angemeldet

# Column of a narrow table.
members-codes = Codes
members-two_factor = Zwei-Faktor-Codes
members-actions = Aktionen
members-you = Sie
members-never = Nie
members-change = Ändern
members-delete = Löschen
members-reset_password = Passwort zurücksetzen
members-invited = Eingeladen
members-link = Link
members-invite_title = Mitglied einladen
members-invite = Einladen
members-invite_email_hint = Damit meldet sich das Mitglied an.
members-role_hint = Betrachter sehen nur, Administratoren verwalten Schlüssel und Mitglieder, Inhaber verwalten alles.
members-invitation_terms = Er funktioniert einmal, innerhalb von 7 Tagen. Er wird nicht noch einmal angezeigt; kopieren Sie ihn deshalb jetzt.
members-invitation_link = Einladungslink
members-reset_link = Passwort-Link
members-delete_title = Mitglied löschen
members-delete_consequence = Das Mitglied wird überall abgemeldet und kann dieses Konto nicht mehr öffnen. Von ihm erstellte Schlüssel funktionieren weiter.
members-delete_own_consequence = Das sind Sie selbst: Sie werden sofort abgemeldet und können dieses Konto nicht mehr öffnen.
members-delete_invitation_title = Einladung löschen
members-reset_title = Passwort zurücksetzen
members-reset_consequence = Er funktioniert einmal, innerhalb einer Stunde. Solange er nicht verwendet wird, ändert sich nichts; danach ist das Mitglied überall abgemeldet. Zwei-Faktor-Codes bleiben, wie sie sind.
members-reset_care = Wer den Link öffnet, kann das Passwort festlegen. Geben Sie ihn deshalb nur vertraulich weiter.
members-make_link = Link erstellen
members-role_title = Rolle ändern
members-owner_loses = Das entzieht Inhaberrechte. Nur ein anderer Inhaber kann sie zurückgeben.
members-join_title = Dem Konto beitreten
members-join_email_hint = Damit melden Sie sich an.
members-password = Passwort
members-join = Beitreten
members-invitation_closed_title = Diese Einladung kann nicht verwendet werden
members-go_to_sign_in = Zur Anmeldung

# Below the heading.
members-lead = Alle, die sich bei { $account } anmelden können, jeweils mit eigener E-Mail-Adresse.

# Below the email; `ago` is a time such as `3 days ago`.
members-joined = Beigetreten { $ago }

# Accessible name of a role's select box.
members-role_of = Rolle von { $email }

# Accessible name of the button beside it.
members-change_role_of = Rolle von { $email } ändern

# Accessible name of a member's or an invitation's link.
members-delete_member = { $email } löschen

# Accessible name of a member's link.
members-reset_password_of = Passwort von { $email } zurücksetzen

# `at` is a date and time.
members-link_works_until = Link gilt bis { $at }

# Accessible name of an invitation's link.
members-delete_invitation = Einladung von { $email } löschen

# Heading of a new invitation.
members-is_invited = { $email } ist eingeladen

# Heading of a new link to reset a password.
members-can_reset = Ein Link für { $email }

# What to do with it; `until` is a date and time.
members-hand_over_reset = Geben Sie { $email } diesen Link, um ein neues Passwort zu wählen. Er funktioniert einmal, bis { $until }. Er wird nicht noch einmal angezeigt; kopieren Sie ihn deshalb jetzt.

members-delete_question = { $email } löschen?

members-delete_invitation_question = Die Einladung von { $email } löschen? Ihr Link funktioniert dann nicht mehr.

members-reset_question = Einen Link erstellen, mit dem { $email } ein neues Passwort wählen kann?

# $role is owner, admin or viewer, as in all texts of this section.
members-role_question_to = { $email } zum { $role ->
    [owner] Inhaber
    [admin] Administrator
   *[viewer] Betrachter
 } machen?

members-join_lead_to = Sie sind eingeladen, { $account } beizutreten, und zwar als { $role ->
    [owner] Inhaber
    [admin] Administrator
   *[viewer] Betrachter
 }. Wählen Sie dazu ein Passwort.

# $whose is own if the reader is the member, else other.
members-role_now_is = { $whose ->
    [own] Sie sind
   *[other] Das Mitglied ist
 } derzeit { $role ->
    [owner] Inhaber
    [admin] Administrator
   *[viewer] Betrachter
 }.

# Heading of a list: members-owner_keys and so on.
members-role_can_do = { $role ->
    [owner] Inhaber können
    [admin] Administratoren können
   *[viewer] Betrachter können
 }

members-role_cannot_do = { $role ->
    [owner] Inhaber können nicht
    [admin] Administratoren können nicht
   *[viewer] Betrachter können nicht
 }

# Whether a member uses two-factor codes.
members-codes_on = An

members-codes_off = Aus

# Above the link of a new invitation.
members-invitation_mailed = Wir haben ihn an { $email } geschickt. Sie können den Link auch selbst weitergeben.

members-invitation_not_mailed = Die E-Mail an { $email } konnte nicht gesendet werden. Geben Sie den Link selbst weiter.

members-hand_over_invitation_to = Geben Sie { $email } diesen Link.

# A member makes themselves a viewer.
members-own_role_viewer = Das ist Ihre eigene Rolle. Sie können danach auf dieser Seite nichts mehr ändern, auch nicht diesen Schritt rückgängig machen.

# A member gives up being an owner.
members-own_role_other = Das ist Ihre eigene Rolle. Sie verlieren sofort Ihre Inhaberrechte, und nur ein anderer Inhaber kann sie zurückgeben.

# What a role can or cannot do, each in a list below its heading.
members-owner_keys = Schlüssel, Unterkonten und Mitglieder ohne Einschränkung verwalten

members-owner_owners = Inhaber ernennen und entfernen

members-owner_codes = Zwei-Faktor-Codes vorschreiben

members-owner_passwords = Passwörter von Mitgliedern zurücksetzen

members-admin_keys = Schlüssel erstellen, bearbeiten, erneuern, deaktivieren und löschen

members-admin_sub_accounts = Unterkonten verwalten

members-admin_members = Administratoren und Betrachter einladen, ändern und löschen

members-admin_no_owners = Inhaber ernennen, ändern oder löschen

members-viewer_see = Schlüssel, Mitglieder und Aktivität sehen

members-viewer_test = Schlüssel testen

members-viewer_no_keys = Schlüssel erstellen oder ändern

members-viewer_no_sub_accounts = Unterkonten sehen oder öffnen

members-viewer_no_members = Mitglieder einladen oder ändern


## notices

notices-undo = Rückgängig machen
notices-close = Meldung schließen

# What was done to one key.
notices-created = „{ $name }“ wurde erstellt.

notices-already_created = „{ $name }“ wurde schon erstellt; dabei wurde der Schlüssel angezeigt. Falls Sie ihn nicht gespeichert haben, erneuern Sie ihn.

notices-updated = „{ $name }“ wurde geändert.

notices-restored = Die Änderung von „{ $name }“ wurde rückgängig gemacht.

notices-not_restored = „{ $name }“ wurde inzwischen erneut geändert, deshalb wurde die Änderung nicht rückgängig gemacht.

notices-rotated = „{ $name }“ wurde erneuert.

notices-not_rotated = „{ $name }“ wurde inzwischen geändert und deshalb nicht erneuert. Falls der Schlüssel erneuert werden soll, tun Sie es jetzt.

notices-overlap_ended = Der alte Schlüssel von „{ $name }“ wurde beendet.

notices-disabled = „{ $name }“ wurde deaktiviert.

notices-enabled = „{ $name }“ wurde aktiviert.

notices-deleted = „{ $name }“ wurde gelöscht.

notices-nothing_to_do = Bei „{ $name }“ war nichts zu ändern.

# What was done to two keys or more.
notices-disabled_keys = { $count } Schlüssel wurden deaktiviert.

notices-enabled_keys = { $count } Schlüssel wurden aktiviert.

notices-deleted_keys = { $count } Schlüssel wurden gelöscht.

notices-nothing_to_do_for_keys = Bei { $count } Schlüsseln war nichts zu ändern.


## password_reset

# Link on the sign-in page.
password_reset-forgot = Passwort vergessen?
password_reset-forgot_title = Passwort vergessen?
password_reset-forgot_lead = Geben Sie die E-Mail-Adresse ein, mit der Sie sich anmelden. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen.
password_reset-email = E-Mail
password_reset-send_link = Link senden
password_reset-back_to_sign_in = Zurück zur Anmeldung
password_reset-sent_title = Sehen Sie in Ihr Postfach
password_reset-sent = Wenn es ein Mitglied mit dieser Adresse gibt, ist ein Link unterwegs. Er funktioniert einmal, innerhalb einer Stunde.
password_reset-sent_nothing = Nach ein paar Minuten noch nichts da? Sehen Sie im Spam-Ordner nach, oder fragen Sie einen Inhaber Ihres Kontos: Er kann unter „Mitglieder“ einen Einmal-Link für Sie erstellen.

# Without a mail server.
password_reset-ask_owner = Fragen Sie einen Inhaber Ihres Kontos: Er kann unter „Mitglieder“ einen Einmal-Link für Sie erstellen. Damit wählen Sie ein neues Passwort.
password_reset-ask_operator = Wenn Sie der einzige Inhaber sind, fragen Sie den Administrator dieses Servers. Er kann das Passwort auf der Kommandozeile zurücksetzen.
password_reset-reset_title = Neues Passwort wählen
password_reset-reset_lead = Sie werden überall abgemeldet. Zwei-Faktor-Codes bleiben, wie sie sind.
password_reset-new_password = Neues Passwort
password_reset-password_hint = Mindestens 12 Zeichen. Mehrere Wörter sind leichter zu merken als Sonderzeichen.
password_reset-change_password = Passwort ändern
password_reset-done_title = Ihr Passwort wurde geändert
password_reset-done = Sie sind überall abgemeldet. Melden Sie sich mit Ihrem neuen Passwort an.
password_reset-sign_in = Anmelden
password_reset-closed_title = Dieser Link funktioniert nicht
password_reset-closed_hint = Jeder Link funktioniert einmal, innerhalb einer Stunde.
password_reset-get_new_link = Neuen Link anfordern


## reveal

reveal-created = API-Schlüssel erstellt
reveal-rotated = API-Schlüssel erneuert
reveal-key = API-Schlüssel
reveal-copy = Kopieren
reveal-copied = Kopiert
reveal-copied_status = Der Schlüssel ist in der Zwischenablage.
reveal-copy_failed = Der Browser hat das Kopieren verweigert. Der Schlüssel ist markiert: Drücken Sie Strg+C (auf dem Mac ⌘C).
reveal-pdf = PDF herunterladen
reveal-pdf_hint = mit Name, Whitelist, Berechtigungen und Limits
reveal-env = Legen Sie ihn in Ihrer .env-Datei ab
reveal-copy_env = .env-Zeile kopieren
reveal-first_call = Der erste Aufruf
reveal-language = Sprache
reveal-copy_call = Aufruf kopieren
reveal-saved = Ich habe diesen Schlüssel gespeichert
reveal-done = Fertig
reveal-old_key_ended = Der alte Schlüssel gilt nicht mehr.
reveal-waiting = Warten auf den ersten Aufruf …

# The accessible name of a sample.
reveal-example_in = Beispiel in { $language }
reveal-allow = { $address } erlauben

# $name is the key's.
reveal-save_now = { $name } ist bereit. Speichern Sie den Schlüssel jetzt: Er wird nicht noch einmal angezeigt.

# $at is a date and time.
reveal-old_key_works_until = Der alte Schlüssel gilt bis { $at }.

reveal-call_allowed = ✓ Erster Aufruf erlaubt.

reveal-call_allowed_from = ✓ Erster Aufruf erlaubt, von { $address }.

# $code is a word of the interface, such as EXPIRED.
reveal-call_refused = Erster Aufruf abgelehnt: { $code }.

reveal-call_refused_from = Erster Aufruf abgelehnt: { $code }, von { $address }.


## security

security-title = Sicherheit
security-password_changed = Ihr Passwort wurde geändert. Sie sind überall sonst abgemeldet.
security-codes_disabled = Zwei-Faktor-Codes sind deaktiviert. Zum Anmelden genügt Ihr Passwort.
security-session_ended = Die Sitzung wurde beendet.
security-other_sessions_ended = Sie sind überall sonst abgemeldet.
security-must_set_up = Ihr Konto verlangt Zwei-Faktor-Codes. Richten Sie sie unten ein; bis dahin können Sie nichts anderes öffnen.
security-password = Passwort
security-current_password = Aktuelles Passwort
security-new_password = Neues Passwort
security-new_password_hint = Mindestens 12 Zeichen. Mehrere Wörter sind leichter zu merken als Sonderzeichen. Sie werden überall sonst abgemeldet.
security-change_password = Passwort ändern
security-your_password = Ihr Passwort
security-recovery_codes = Ihre Wiederherstellungscodes
security-recovery_codes_lead = Schreiben Sie sie auf, oder drucken Sie diese Seite: Sie werden nicht noch einmal angezeigt. Mit jedem können Sie sich einmal anmelden, anstelle eines Codes aus Ihrer App. Frühere Wiederherstellungscodes gelten nicht mehr.
security-two_factor = Zwei-Faktor-Codes
security-on = An
security-off = Aus
security-two_factor_lead = Mit Zwei-Faktor-Codes brauchen Sie zum Anmelden Ihr Passwort und einen Code aus einer App auf Ihrem Telefon, z. B. Aegis, 1Password oder Google Authenticator. Ein gestohlenes Passwort allein genügt dann nicht.
security-set_up = Zwei-Faktor-Codes einrichten
security-scan = Scannen Sie dies mit Ihrer App, und geben Sie dann den angezeigten Code ein.
security-qr_code = QR-Code für Ihre App
security-or_enter_secret = Oder geben Sie diesen geheimen Schlüssel in Ihrer App ein
security-code = Code
security-app_code_hint = Sechs Ziffern aus Ihrer App.
security-enable = Aktivieren
security-required = Ihr Konto verlangt Zwei-Faktor-Codes, deshalb können Sie sie nicht deaktivieren.
security-new_recovery_codes = Neue Wiederherstellungscodes
security-new_recovery_codes_hint = Sechs Ziffern aus Ihrer App. Ihre bisherigen Wiederherstellungscodes gelten danach nicht mehr.
security-create_recovery_codes = Neue Codes erstellen
security-disable_title = Zwei-Faktor-Codes deaktivieren
security-any_code_hint = Sechs Ziffern aus Ihrer App oder ein Wiederherstellungscode.
security-disable = Deaktivieren
security-sessions = Wo Sie angemeldet sind
security-end_others = Überall sonst abmelden
security-address = Adresse
security-address_unknown = Unbekannt
security-signed_in = Angemeldet
security-last_used = Zuletzt verwendet
security-actions = Aktionen
security-this_session = Diese Sitzung
security-end = Beenden

# Below the heading.
security-lead = Wie Sie ({ $email }) sich anmelden und wo Sie angemeldet sind.

# Accessible name of a session's button; `at` is a date and time.
security-end_session = Sitzung von { $address }, angemeldet { $at }, beenden

# Since when two-factor codes are enabled; $day is a date, $left counts unused recovery codes.
security-on_since = Aktiviert seit { $day }. { $left ->
    [0] Sie haben keine Wiederherstellungscodes mehr.
    [one] Sie haben noch 1 Wiederherstellungscode.
   *[other] Sie haben noch { $left } Wiederherstellungscodes.
 }


## sub_accounts

sub_accounts-title = Unterkonten
sub_accounts-created = Das Unterkonto wurde erstellt. Es hat noch keine Schlüssel: Öffnen Sie es, und fügen Sie einen hinzu.
sub_accounts-renamed = Das Unterkonto wurde umbenannt.
sub_accounts-deleted = Das Unterkonto wurde gelöscht. Seine Schlüssel funktionieren nicht mehr, und seine Mitglieder sind abgemeldet.
sub_accounts-none_yet = Noch keine Unterkonten. Erstellen Sie eines für jeden Kunden, jede Filiale oder jedes Projekt, dessen Schlüssel Sie getrennt halten möchten. Diese Schlüssel zählen nicht zum Limit dieses Kontos.
sub_accounts-none_possible = Unter diesem Konto gibt es keine Unterkonten, und hier können keine erstellt werden.
sub_accounts-name = Name
sub_accounts-keys = Schlüssel
sub_accounts-created_on = Erstellt
sub_accounts-actions = Aktionen
sub_accounts-show_older = Ältere anzeigen
sub_accounts-open = Öffnen
sub_accounts-rename = Umbenennen
sub_accounts-delete = Löschen
sub_accounts-add_title = Unterkonto hinzufügen
sub_accounts-name_hint = Zum Beispiel ein Kunde, eine Filiale oder ein Projekt.
sub_accounts-add = Unterkonto hinzufügen
sub_accounts-rename_title = Unterkonto umbenennen
sub_accounts-delete_title = Unterkonto löschen

# Below the heading.
sub_accounts-lead = Konten unter { $account }, jedes mit eigenen Schlüsseln und Mitgliedern. Sie sehen weder { $account } noch einander.

# Accessible name of a row's button: open, rename or delete as above, and the account's name.
sub_accounts-act_on = { $act }: { $name }

sub_accounts-delete_question = { $account } löschen?

# How many keys an account has.
sub_accounts-count_of_keys = { $count ->
    [one] 1 Schlüssel
   *[other] { $count } Schlüssel
 }

# What deleting an account with so many keys does.
sub_accounts-delete_consequence = { $keys ->
    [0] Es hat keine Schlüssel.
    [one] Sein Schlüssel wird gelöscht, und Anfragen damit schlagen sofort fehl.
   *[other] Seine { $keys } Schlüssel werden gelöscht, und Anfragen damit schlagen sofort fehl.
 } Auch seine Mitglieder und die Konten darunter werden gelöscht. Das lässt sich nicht rückgängig machen.


## two_factor

two_factor-set_up_now = Jetzt einrichten
two_factor-rule_title = Zwei-Faktor-Codes
two_factor-rule_optional = Jedes Mitglied entscheidet selbst, ob es Zwei-Faktor-Codes verwendet.
two_factor-rule_required = Jedes Mitglied muss Zwei-Faktor-Codes verwenden.
two_factor-require = Codes vorschreiben
two_factor-change_date = Datum ändern
two_factor-cancel_plan = Doch nicht vorschreiben
two_factor-make_optional = Codes freiwillig machen
two_factor-dialog_title = Zwei-Faktor-Codes vorschreiben
two_factor-consequence = Sobald Codes Pflicht sind, kann ein Mitglied ohne Codes in der Konsole nichts tun, bis es sie eingerichtet hat.
two_factor-own_consequence = Das gilt auch für Sie: Sie haben noch keine Codes.
two_factor-keys_consequence = API-Schlüssel sind davon nicht betroffen.
two_factor-start = Pflicht
two_factor-start_now = Ab sofort
two_factor-start_date = Ab einem Datum
two_factor-date = Erster Tag

# The notice for a member without codes; `day` is a date.
two_factor-notice = Ihr Konto verlangt ab { $day } Zwei-Faktor-Codes. Von da an können Sie nichts anderes öffnen, bis Sie sie einrichten.

# The rule before its day.
two_factor-rule_planned = Pflicht ab { $day }

# `first` and `last` are dates.
two_factor-date_hint = Ab Mitternacht UTC, zwischen { $first } und { $last }. Bis dahin sehen Mitglieder ohne Codes auf jeder Seite einen Hinweis.

# Who has two-factor codes.
two_factor-everyone_has_codes = Alle Mitglieder haben bereits Zwei-Faktor-Codes.

# $named are the emails of members without codes, with commas between.
two_factor-lacking_codes = { $count } von { $total } { $total ->
    [one] Mitglied
   *[other] Mitgliedern
 } { $count ->
    [one] hat
   *[other] haben
 } noch keine Codes: { $named }.

# As before, and how many more there are; at least 6 members are without codes.
two_factor-lacking_codes_and_more = { $count } von { $total } Mitgliedern haben noch keine Codes: { $named } und { $more } weitere.


## time

# A date. $month is a number from 1 to 12.
time-date = { $day }. { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
 } { $year }

# A date of this year.
time-date_without_year = { $day }. { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
 }

# $date is a date as above, $time such as 09:04.
time-date_time = { $date }, { $time } UTC

# How long ago something was, such as the last use of a key. It may follow a verb: "Joined 3 days ago".
time-just_now = gerade eben
time-minutes_ago = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
 }
time-hours_ago = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
 }
time-days_ago = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
 }

# Longer ago than 30 days.
time-on_date = am { $date }

# How much time is left: "expires in 5 days".
time-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
 }
time-hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
 }
time-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
 }


## lists

# Between the thousands of a number.
lists-thousands_separator = .

# A list of two, or a list and its next item.
lists-comma = { $list }, { $next }

# A list and its last item.
lists-and = { $list } und { $last }


## fields

# Messages beside the fields of a key's form.
fields-name_missing = Geben Sie einen Namen ein.

# $len and $max are counts of characters.
fields-name_too_long = Der Name hat { $len } Zeichen; kürzen Sie ihn auf { $max }.
fields-name_control = Der Name enthält einen Zeilenumbruch, einen Tabulator oder ein anderes Steuerzeichen. Entfernen Sie es.
fields-name_invisible = Der Name enthält ein unsichtbares Zeichen. Tippen Sie ihn neu, statt ihn einzufügen.
fields-no_live_environment = Hier gibt es keine Live-Umgebung. Wählen Sie „Sandbox“.
fields-no_sandbox_environment = Hier gibt es keine Sandbox-Umgebung. Wählen Sie „Live“.

# $typed is what was typed.
fields-privilege_malformed = „{ $typed }“ ist keine Berechtigung. Schreiben Sie modul:aktion, z. B. contacts:read.

# $privilege such as contacts:read.
fields-privilege_unknown = Die Berechtigung { $privilege } gibt es nicht (mehr). Wählen Sie eine aus der Liste.
fields-privileges_fixed = Berechtigungen werden beim Anlegen eines Schlüssels festgelegt und lassen sich danach nicht ändern. Legen Sie für andere einen weiteren Schlüssel an.
fields-expiry_malformed = Geben Sie Datum und Uhrzeit (UTC) wie 2027-12-31T18:00 ein, oder wählen Sie einen anderen Ablauf.
fields-expiry_past = Dieser Zeitpunkt ist vorbei. Wählen Sie einen in der Zukunft, oder löschen Sie den Schlüssel, um ihn sofort zu sperren.
fields-expiry_too_late = Wählen Sie ein Jahr bis 9999 oder keinen Ablauf.

# $latest is a date and time.
fields-expiry_beyond = Ein Schlüssel gilt hier höchstens { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
 }. Wählen Sie ein Ende bis { $latest }.
fields-limit_malformed = Geben Sie eine ganze Zahl ohne Punkte ein, z. B. 1000, oder lassen Sie das Feld leer, um nicht zu begrenzen.
fields-limit_zero = 0 würde nichts zulassen. Geben Sie mindestens 1 ein, oder lassen Sie das Feld leer, um nicht zu begrenzen.
fields-limit_too_large = Geben Sie höchstens { $max } ein.

# "Never" is the first choice of the field beside it, editor-never.
fields-refill_without_uses = Geben Sie an, wie viele Nutzungen es jeweils gibt, oder wählen Sie „Nie“.


## whitelist

# Below the field: why an entry is refused. $typed is the entry as it was typed.
whitelist-empty = Geben Sie eine IP-Adresse, einen Bereich oder ein CIDR-Netz ein.
whitelist-too_long = Ein Eintrag hat höchstens { $max } Zeichen; dieser hat { $len }. Schreiben Sie jeden Eintrag in eine eigene Zeile.
whitelist-text_too_long = Die Liste ist länger als { $max } Zeichen. Verwenden Sie Netze oder Bereiche statt einzelner Adressen.
whitelist-any_address = { $typed } umfasst alle Adressen. Um jede Adresse zuzulassen, lassen Sie die Liste leer.
whitelist-unspecified = { $typed } ist die unbestimmte Adresse. Um jede Adresse zuzulassen, lassen Sie die Liste leer.
whitelist-multicast = { $typed } ist eine Multicast-Adresse. Geben Sie die Adresse ein, von der die Aufrufe kommen.
whitelist-broadcast = { $typed } ist die Broadcast-Adresse. Geben Sie die Adresse ein, von der die Aufrufe kommen.
whitelist-leading_zero = { $typed } hat eine führende Null.

# $part is one of the four numbers.
whitelist-octet_too_big = { $typed } ist keine IPv4-Adresse: { $part } ist größer als 255.
whitelist-not_four_parts = { $typed } ist keine vollständige IPv4-Adresse. Eine IPv4-Adresse hat vier Zahlen, z. B. 203.0.113.7.
whitelist-not_decimal = { $typed } ist nicht dezimal geschrieben. Eine IPv4-Adresse hat vier Dezimalzahlen, z. B. 203.0.113.7.
whitelist-port = { $typed } enthält einen Port.
whitelist-brackets = { $typed } enthält Klammern.
whitelist-brackets_and_port = { $typed } enthält Klammern und einen Port.
whitelist-zone = { $typed } enthält eine Zone, die nur auf einem Rechner gilt.
whitelist-host_bits = { $typed } ist keine Netzadresse.
whitelist-prefix = { $typed } braucht nach dem Schrägstrich eine Zahl von 1 bis { $max }.
whitelist-netmask = { $typed } hat keine gültige Netzmaske: { $mask } beginnt nicht mit ihren Einsen wie 255.255.255.0.
whitelist-backwards = { $typed } endet vor dem Anfang.
whitelist-mixed_families = { $typed } mischt IPv4 und IPv6. Verwenden Sie zwei Adressen derselben Art.
whitelist-abbreviated = { $typed } ist nicht ausgeschrieben.
whitelist-v4_compatible = { $typed } ist eine veraltete Schreibweise einer IPv4-Adresse.
whitelist-double_colon_twice = { $typed } enthält :: zweimal; es kann nur einmal für Nullen stehen.

# $part is the text between two colons.
whitelist-group_too_long = { $typed } ist keine IPv6-Adresse: { $part } hat mehr als vier Ziffern.
whitelist-not_ipv6 = { $typed } ist keine vollständige IPv6-Adresse. Sie hat acht Gruppen oder einmal :: anstelle von Nullen.
whitelist-several = { $typed } ist mehr als ein Eintrag. Schreiben Sie jeden in eine eigene Zeile, oder trennen Sie sie durch Kommas.
whitelist-extra = { $typed } enthält Text, der nicht zu einem Eintrag gehört.

# $code_point such as 200B.
whitelist-invisible_character = { $typed } enthält ein unsichtbares Zeichen (U+{ $code_point }).
whitelist-unused_character = { $typed } enthält { $character } (U+{ $code_point }), das in Adressen nicht vorkommt.
whitelist-not_an_address = { $typed } ist keine IP-Adresse. Hostnamen werden nicht aufgelöst.

# After one of the messages above: what to type instead.
whitelist-use_instead = Verwenden Sie stattdessen { $suggestion }.
whitelist-use_network_or_address = Verwenden Sie stattdessen { $network }, oder { $address } für diese eine Adresse.
whitelist-use_a_network = Verwenden Sie ein Netz, z. B. 10.0.0.0/24.

# About the whole list. $excess is $count less $max.
whitelist-too_many = Die Liste hat { $count } Einträge; ein Schlüssel kann höchstens { $max } haben. Entfernen Sie { $excess }, oder verwenden Sie Netze oder Bereiche.
whitelist-missing = Geben Sie mindestens eine IP-Adresse, einen Bereich oder ein CIDR-Netz ein: Ein Schlüssel funktioniert nur von den hier genannten Adressen.

# A line's number, and one of the messages above.
whitelist-line = Zeile { $number }: { $error }
whitelist-more_lines = { $count ->
    [one] { $count } weitere Zeile muss korrigiert werden.
   *[other] { $count } weitere Zeilen müssen korrigiert werden.
 }


## limits

# What a key may do at most. $number is $count with its thousands apart.
limits-per_second = { $number } pro Sekunde
limits-per_minute = { $number } pro Minute
limits-per_hour = { $number } pro Stunde
limits-per_day = { $number } pro Tag
limits-uses = { $count ->
    [one] { $number } Nutzung
   *[other] { $number } Nutzungen
 }
limits-uses_per_day = { $count ->
    [one] { $number } Nutzung pro Tag
   *[other] { $number } Nutzungen pro Tag
 }
limits-uses_per_month = { $count ->
    [one] { $number } Nutzung pro Monat
   *[other] { $number } Nutzungen pro Monat
 }


## templates

# Starting points in the form of a new key.
templates-read_only = Nur Lesen
templates-read_only_description = Liest alles, ändert nichts
templates-full_access = Vollzugriff
templates-full_access_description = Liest und schreibt alles


## summary

# The sentence above Save, whose parts are the texts below it. A part is none where the form does not have it; $expiry is a
# date, $limits the texts of the section limits.
summary-sentence = { $environment ->
    [live] Live-Schlüssel: { $privileges }
   *[sandbox] Sandbox-Schlüssel: { $privileges }
 }{ $sources ->
    [none] {""}
   *[other] , von { $sources }
 }{ $expiry ->
    [none] {""}
   *[other] , bis { $expiry }
 }{ $limits ->
    [none] {""}
   *[other] , höchstens { $limits }
 }.
summary-all_privileges = hat alle Berechtigungen
summary-no_privileges = weist nur den Aufrufer aus

# "reads and writes contacts and orders". $modules are the operator's.
summary-group = { $actions } { $modules }

# What the key does with the modules that follow. $action is a word such as read, or the operator's. (English makes a verb of
# each word; this is for several words.)
summary-action = { $action ->
    [read] liest
    [write] schreibt
    [view] sieht
    [list] listet
    [get] liest
    [send] sendet
    [create] erstellt
    [update] aktualisiert
    [modify] ändert
    [delete] löscht
    [use] nutzt
    [manage] verwaltet
   *[other] hat „{ $action }“ für
 }
summary-any_address = jeder Adresse

# After "from".
summary-networks = { $count ->
    [one] { $count } Netz
   *[other] { $count } Netzen
 }
summary-addresses = { $count ->
    [one] { $count } Adresse
   *[other] { $count } Adressen
 }


## verdicts

# What the gate answers to a call with the key.
verdicts-valid = Der Aufruf wird zugelassen.
verdicts-malformed = Das ist kein API-Schlüssel: Er ist abgeschnitten, falsch getippt oder aus einem anderen System.
verdicts-not_found = Diesen Schlüssel gibt es nicht, oder er wurde gelöscht oder erneuert.
verdicts-disabled = Der Schlüssel ist deaktiviert.
verdicts-expired = Der Schlüssel ist abgelaufen.
verdicts-channel_not_allowed = Der Schlüssel darf auf diesem Kanal nicht verwendet werden.
verdicts-ip_not_allowed = Der Schlüssel darf von dieser Adresse nicht verwendet werden.
verdicts-privilege_missing = Dem Schlüssel fehlt die Berechtigung, die dieser Aufruf braucht.
verdicts-concurrency_limited = Zu viele Aufrufe zur gleichen Zeit.
verdicts-rate_limited = Zu viele Aufrufe in kurzer Zeit.
verdicts-quota_exceeded = Das Kontingent des Schlüssels ist aufgebraucht.


## overview

# Cells of the list of keys.
overview-all_privileges = Alle Berechtigungen
overview-no_privileges = Keine Berechtigungen

# $module is the operator's, $action a text labels-action.
overview-action_of = { $module }: { $action }

# Some privileges, and how many there are besides.
overview-and_more = { $named } +{ $count }
overview-any_address = Jede Adresse
overview-addresses = { $count ->
    [one] { $count } Adresse
   *[other] { $count } Adressen
 }
overview-entries = { $count ->
    [one] { $count } Eintrag
   *[other] { $count } Einträge
 }


## labels

# What a key may do with a module. $label is the name of an action that is not listed here.
labels-action = { $action ->
    [read] Lesen
    [write] Schreiben
    [view] Ansehen
    [list] Auflisten
    [get] Abrufen
    [send] Senden
    [create] Erstellen
    [update] Aktualisieren
    [modify] Ändern
    [delete] Löschen
    [use] Nutzen
    [manage] Verwalten
   *[other] { $label }
 }

# Roles of members.
labels-owner = Inhaber
labels-admin = Administrator
labels-viewer = Betrachter

# Groups of the activity page.
labels-activity_keys = Schlüssel
labels-activity_members = Mitglieder
labels-activity_account = Konto


## lifecycle

# Messages beside the fields of the dialogs that rotate and delete keys.
lifecycle-overlap_malformed = Wählen Sie, wie lange, oder geben Sie Datum und Uhrzeit (UTC) wie 2027-12-31T18:00 ein.

# “Not at all” begins dialogs-overlap_none.
lifecycle-overlap_past = Dieser Zeitpunkt ist vorbei. Wählen Sie einen in der Zukunft oder „Gar nicht mehr“.
lifecycle-overlap_too_late = Wählen Sie ein Jahr bis 9999.
lifecycle-overlap_after_expiry = Der Schlüssel selbst läuft am { $expiry } ab. Wählen Sie einen Zeitpunkt bis dahin.
lifecycle-overlap_of_expired_key = Der Schlüssel selbst ist abgelaufen, es funktioniert also nichts weiter. Wählen Sie „Gar nicht mehr“.
lifecycle-name_missing = Dieser Schlüssel wurde in den letzten 24 Stunden verwendet. Geben Sie seinen Namen ein, um ihn zu löschen.
lifecycle-other_name = Das ist nicht der Name des Schlüssels. Geben Sie ihn genau so ein, wie er angezeigt wird.
lifecycle-reason_too_long = Der Grund hat { $len } Zeichen; kürzen Sie ihn auf { $max }.
lifecycle-reason_control = Der Grund enthält einen Zeilenumbruch oder ein unsichtbares Zeichen. Schreiben Sie ihn in eine Zeile.


## credentials

# Messages beside fields of members.
credentials-email_missing = Geben Sie eine E-Mail-Adresse ein.
credentials-email_too_long = Eine E-Mail-Adresse hat höchstens { $max } Zeichen.
credentials-email_malformed = Das ist keine E-Mail-Adresse. Schreiben Sie sie wie name@example.com.
credentials-password_too_short = { $len ->
    [one] Das Passwort hat { $len } Zeichen; verwenden Sie mindestens { $min }.
   *[other] Das Passwort hat { $len } Zeichen; verwenden Sie mindestens { $min }.
 }
credentials-password_too_long = Das Passwort hat { $len } Zeichen; verwenden Sie höchstens { $max }.
credentials-password_guessable = Dieses Passwort ist zu leicht zu erraten. Verwenden Sie einige Wörter ohne Zusammenhang.

# From when two-factor codes are required.
credentials-choose_start = Wählen Sie, ab wann Codes verlangt werden.
credentials-choose_day = Wählen Sie einen Tag vom { $first } bis zum { $last }.


## activity_filter

# Messages beside the fields of the filter.
activity_filter-group = Wählen Sie Schlüssel, Mitglieder oder Konto.
activity_filter-day = Geben Sie einen Tag wie 2026-11-18 ein.
activity_filter-order = Der letzte Tag liegt vor dem ersten. Wählen Sie einen späteren.


## policy

# $channel and $known are words such as rest and web-service.
policy-unknown_channel = Den Kanal { $channel } gibt es hier nicht. Wählen Sie einen von diesen: { $known }.
policy-no_sub_accounts = Hier gibt es keine Unterkonten.
policy-sub_account_too_deep = Ein Unterkonto hat keine eigenen Unterkonten. Legen Sie es unter dem Hauptkonto an.
policy-account_too_deep = So weit unter dem Hauptkonto kann kein Konto angelegt werden. Legen Sie es eine Ebene höher an.


## first_call

# What to do after the first call with a new key was refused.
first_call-send_again = Der Schlüssel lässt diesen Aufruf jetzt zu. Senden Sie ihn noch einmal.

# $name is the key's name.
first_call-send_name = Senden Sie { $name } als Benutzernamen, denn er muss der Name des Schlüssels sein, oder senden Sie den Schlüssel ohne Benutzernamen.

# Why an address is not added to the whitelist.
first_call-not_an_address = Geben Sie eine IP-Adresse ohne Port und Maske ein, z. B. 203.0.113.7.
first_call-any_address_already = Jede Adresse darf den Schlüssel bereits verwenden.
first_call-already_allowed = { $address } darf den Schlüssel bereits verwenden.
first_call-whitelist_full = Die Liste hat { $count } Einträge; ein Schlüssel kann höchstens { $max } haben. Bearbeiten Sie den Schlüssel, und schreiben Sie Netze oder Bereiche statt einzelner Adressen.


## explain_checks

# The checks of a call: names first, then what each found and what to change.
explain_checks-enabled = Aktiviert
explain_checks-expiry = Ablauf
explain_checks-channel = Kanal
explain_checks-address = Adresse
explain_checks-privilege = Berechtigung
explain_checks-rate = Rate
explain_checks-quota = Kontingent
explain_checks-is_enabled = Der Schlüssel ist aktiviert.
explain_checks-is_disabled = Der Schlüssel ist deaktiviert.
explain_checks-enable = Aktivieren Sie den Schlüssel.
explain_checks-never_expires = Der Schlüssel läuft nie ab.
explain_checks-expires_on = Der Schlüssel läuft am { $at } ab.
explain_checks-expired_on = Der Schlüssel ist am { $at } abgelaufen.
explain_checks-choose_later_expiry = Bearbeiten Sie den Schlüssel, und wählen Sie einen späteren Ablauf.
explain_checks-any_channel = Der Schlüssel darf auf jedem Kanal verwendet werden.
explain_checks-for_channel = Der Schlüssel ist für den Kanal { $channel }.
explain_checks-for_other_channel = Der Schlüssel ist für den Kanal { $channel }, der Aufruf kommt auf { $named }.
explain_checks-for_unnamed_channel = Der Schlüssel ist für den Kanal { $channel }, der Aufruf nennt keinen.
explain_checks-use_key_for = Verwenden Sie einen Schlüssel für den Kanal { $channel }.
explain_checks-configure_channel = Konfigurieren Sie das Gateway so, dass es den Kanal nennt.
explain_checks-any_address = Jede Adresse darf den Schlüssel verwenden.
explain_checks-address_unknown = Die Adresse des Aufrufers ist nicht bekannt, und der Schlüssel hat eine IP-Whitelist.
explain_checks-configure_address = Konfigurieren Sie das Gateway so, dass es die Adresse des Aufrufers sendet.
explain_checks-address_listed = { $address } steht auf der IP-Whitelist.

# $entry is a network or a range.
explain_checks-address_in = { $address } liegt in { $entry }.

# $whitelist is the only entry, or the number of entries.
explain_checks-address_not_listed = { $address } steht nicht auf der IP-Whitelist: { $whitelist }.
explain_checks-add_address = Bearbeiten Sie den Schlüssel, und fügen Sie { $address } zu seiner IP-Whitelist hinzu.
explain_checks-no_privilege_needed = Der Aufruf braucht keine Berechtigung.
explain_checks-has_privilege = Der Schlüssel hat { $privilege }.
explain_checks-lacks_privilege = Dem Schlüssel fehlt { $privilege }.
explain_checks-tick_privilege = Bearbeiten Sie den Schlüssel, und setzen Sie das Häkchen bei { $privilege }.

# $limit is a text of the section limits, $until a date and time.
explain_checks-left = Noch { $left } von { $limit } übrig.
explain_checks-too_little_left = Noch { $left } von { $limit } übrig; der Aufruf kostet { $cost }.
explain_checks-too_little_left_until = Noch { $left } von { $limit } übrig bis { $until }; der Aufruf kostet { $cost }.
explain_checks-raise_above_cost = Bearbeiten Sie den Schlüssel, und erhöhen Sie das Limit über die Kosten des Aufrufs.
explain_checks-wait_until = Warten Sie bis { $until }, oder bearbeiten Sie den Schlüssel und erhöhen Sie das Limit.
explain_checks-raise_uses = Bearbeiten Sie den Schlüssel, und erhöhen Sie die Zahl der Nutzungen.


## audit

# What somebody did, on the activity page. Who did it stands in a column of its own. $named is yes if $name, the key's or the
# account's, is known.
audit-set_up = Keyhatch eingerichtet.
audit-set_up_with = Keyhatch mit dem Konto „{ $account }“ eingerichtet.

# $kind is account or sub_account.
audit-account_created = { $kind ->
    [sub_account] { $named ->
        [yes] Unterkonto „{ $name }“ angelegt.
       *[no] Unterkonto angelegt.
     }
   *[account] { $named ->
        [yes] Konto „{ $name }“ angelegt.
       *[no] Konto angelegt.
     }
 }
audit-account_renamed = Konto umbenannt.
audit-account_renamed_to = Konto „{ $old }“ in „{ $new }“ umbenannt.

# $keys is the number of its keys.
audit-account_deleted = { $keys ->
    [0] { $named ->
        [yes] Konto „{ $name }“ gelöscht.
       *[no] Konto gelöscht.
     }
    [one] { $named ->
        [yes] Konto „{ $name }“ und seinen Schlüssel gelöscht.
       *[no] Konto und seinen Schlüssel gelöscht.
     }
   *[other] { $named ->
        [yes] Konto „{ $name }“ und seine Schlüssel gelöscht.
       *[no] Konto und seine Schlüssel gelöscht.
     }
 }

# $from and $before are dates.
audit-codes_required = Zwei-Faktor-Codes für alle Mitglieder vorgeschrieben.
audit-codes_required_from = Zwei-Faktor-Codes für alle Mitglieder ab dem { $from } vorgeschrieben.
audit-codes_moved = Den Tag, ab dem Zwei-Faktor-Codes vorgeschrieben sind, vom { $before } auf den { $from } verschoben.
audit-codes_cancelled = Zurückgenommen, dass Zwei-Faktor-Codes ab dem { $before } vorgeschrieben sind.
audit-codes_optional = Zwei-Faktor-Codes freigestellt.
audit-codes_updated = Geändert, ob Zwei-Faktor-Codes vorgeschrieben sind.

# In place of an email that is not known.
audit-a_member = ein Mitglied

# $role of the texts below is this text, or none.
audit-role = { $role ->
    [owner] Inhaber
    [admin] Administrator
    [viewer] Betrachter
   *[other] { $role }
 }
audit-member_added = { $role ->
    [none] { $email } hinzugefügt.
   *[other] { $email } als { $role } hinzugefügt.
 }
audit-member_invited = { $role ->
    [none] { $email } eingeladen.
   *[other] { $email } als { $role } eingeladen.
 }
audit-invitation_deleted = Einladung für { $email } gelöscht.
audit-joined = { $role ->
    [none] Beigetreten.
   *[other] Als { $role } beigetreten.
 }
audit-joined_invited_by = { $role ->
    [none] Beigetreten, eingeladen von { $by }.
   *[other] Als { $role } beigetreten, eingeladen von { $by }.
 }
audit-role_updated = Rolle geändert: { $email }.
audit-role_updated_to = Rolle von { $email } von { $old } in { $new } geändert.
audit-member_deleted = Mitglied gelöscht: { $email }.
audit-signed_in = Angemeldet.
audit-reset_link_mailed = Link für ein neues Passwort an { $email } gesendet.
audit-reset_link_created = Link für ein neues Passwort für { $email } erstellt.
audit-password_chosen = Mit einem Einmal-Link ein neues Passwort gewählt.
audit-password_reset = Passwort zurückgesetzt: { $email }.
audit-password_updated = Eigenes Passwort geändert.
audit-codes_disabled_of = Zwei-Faktor-Codes deaktiviert: { $email }.
audit-codes_enabled = Zwei-Faktor-Codes aktiviert.
audit-codes_disabled = Zwei-Faktor-Codes deaktiviert.
audit-recovery_codes_created = Neue Wiederherstellungscodes erstellt.
audit-sessions_ended = { $count ->
    [one] Eine Sitzung beendet.
   *[other] { $count } Sitzungen beendet.
 }

# $properties are the texts from audit-no_privileges on, in a list.
audit-key_created = { $environment ->
    [sandbox] { $named ->
        [yes] Sandbox-Schlüssel „{ $name }“ hinzugefügt: { $properties }.
       *[no] Sandbox-Schlüssel hinzugefügt: { $properties }.
     }
   *[live] { $named ->
        [yes] Schlüssel „{ $name }“ hinzugefügt: { $properties }.
       *[no] Schlüssel hinzugefügt: { $properties }.
     }
 }

# $changes are the texts from audit-no_privileges on, in a list.
audit-key_updated = { $named ->
    [yes] Schlüssel „{ $name }“ geändert: { $changes }.
   *[no] Schlüssel geändert: { $changes }.
 }
audit-no_privileges = keine Berechtigungen
audit-all_privileges = alle Berechtigungen
audit-one_privilege = die Berechtigung { $privilege }
audit-privileges = die Berechtigungen { $privileges }
audit-many_privileges = { $count } Berechtigungen
audit-any_address = von jeder Adresse
audit-address = von { $entry }
audit-addresses = von { $count } Einträgen der Whitelist
audit-expires = läuft am { $at } ab
audit-never_expires = läuft nie ab
audit-renamed = umbenannt von „{ $old }“
audit-new_limits = neue Limits
audit-no_changes = keine Änderungen

# $until is a date and time.
audit-key_rotated = { $named ->
    [yes] Schlüssel „{ $name }“ erneuert: Der alte Schlüssel funktionierte sofort nicht mehr.
   *[no] Schlüssel erneuert: Der alte Schlüssel funktionierte sofort nicht mehr.
 }
audit-key_rotated_until = { $named ->
    [yes] Schlüssel „{ $name }“ erneuert: Der alte Schlüssel funktioniert bis { $until }.
   *[no] Schlüssel erneuert: Der alte Schlüssel funktioniert bis { $until }.
 }
audit-overlap_ended = { $named ->
    [yes] Den alten Schlüssel von „{ $name }“ beendet.
   *[no] Den alten Schlüssel beendet.
 }
audit-key_disabled = { $named ->
    [yes] Schlüssel „{ $name }“ deaktiviert.
   *[no] Schlüssel deaktiviert.
 }
audit-key_enabled = { $named ->
    [yes] Schlüssel „{ $name }“ aktiviert.
   *[no] Schlüssel aktiviert.
 }
audit-key_deleted = { $named ->
    [yes] Schlüssel „{ $name }“ gelöscht.
   *[no] Schlüssel gelöscht.
 }
audit-key_deleted_because = { $named ->
    [yes] Schlüssel „{ $name }“ gelöscht: { $reason }.
   *[no] Schlüssel gelöscht: { $reason }.
 }
audit-key_deleted_again = Einen Schlüssel erneut gelöscht, den eine wiederhergestellte Sicherung zurückgebracht hatte.
audit-secret_retired_again = Einen alten Schlüssel erneut gesperrt, den eine wiederhergestellte Sicherung zurückgebracht hatte.
audit-token_created = { $named ->
    [yes] Operator-Token „{ $name }“ erstellt.
   *[no] Operator-Token erstellt.
 }
audit-token_deleted = { $named ->
    [yes] Operator-Token „{ $name }“ gelöscht.
   *[no] Operator-Token gelöscht.
 }

# An action that is not known here, in English words.
audit-other = { $named ->
    [yes] { $action } „{ $name }“.
   *[no] { $action }.
 }


## pdf

# The PDF of a new key. Heading above its name.
pdf-api_key = API-Schlüssel

# The file's title, and the heading of further pages.
pdf-title = API-Schlüssel: { $name }
pdf-note = Bewahren Sie dieses PDF dort auf, wo Sie Passwörter aufbewahren. Der Schlüssel steht nur hier: Sie können ihn nicht noch einmal ansehen, und jeder, der ihn hat, kann ihn verwenden. Geht er verloren oder wird er bekannt, erneuern oder löschen Sie ihn.
pdf-send_it = Bei jedem Aufruf mitsenden

# Below an example. $variable such as ACME_MAIL_KEY.
pdf-variable_hint = { $variable } ist eine Umgebungsvariable mit dem Schlüssel, damit kein Skript den Schlüssel enthält.

# Labels of a table and their values. A label is at most 20 letters long.
pdf-account = Konto
pdf-created = Erstellt
pdf-expires = Läuft ab
pdf-never = Nie
pdf-privileges = Berechtigungen
pdf-all_privileges = Alle Berechtigungen
pdf-no_privileges = Keine Berechtigungen

# Such as "Orders: Write (orders:write)".
pdf-privilege = { $module }: { $action } ({ $privilege })
pdf-limits = Limits
pdf-no_limits = Keine
pdf-whitelist = IP-Whitelist
pdf-any_address = Jede Adresse darf diesen Schlüssel verwenden
pdf-page = Seite { $number } von { $count }


## service_errors

# Why an invitation's link does not work.
service_errors-invitation_unknown = Dieser Link ist unvollständig oder war nie gültig. Öffnen Sie den ganzen Link, oder bitten Sie um eine neue Einladung.
service_errors-invitation_used = Diese Einladung wurde bereits verwendet. Wenn Sie das waren, melden Sie sich an; wenn nicht, sagen Sie es der Person, die Sie eingeladen hat.
service_errors-invitation_expired = Diese Einladung ist zu alt: Sie galt 7 Tage. Bitten Sie die Person, die Sie eingeladen hat, um eine neue.
service_errors-invitation_deleted = Diese Einladung wurde zurückgezogen. Suchen Sie nach einer neueren, oder fragen Sie die Person, die Sie eingeladen hat.
service_errors-invitation_of_member = Diese E-Mail-Adresse gehört bereits einem Mitglied. Melden Sie sich damit an, oder lassen Sie sich mit einer anderen einladen.

# Why a link for a new password does not work.
service_errors-password_reset_closed = Dieser Link ist abgelaufen oder unvollständig.

# Messages beside fields.
service_errors-wrong_password = Das ist nicht Ihr Passwort.
service_errors-password_changed_meanwhile = Ihr Passwort wurde inzwischen geändert.
service_errors-wrong_code = Dieser Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten in Ihrer App, oder verwenden Sie einen Wiederherstellungscode.
service_errors-two_factor_set_up_expired = Das hat zu lange gedauert. Beginnen Sie die Einrichtung noch einmal.
service_errors-two_factor_required = Ihr Konto verlangt Zwei-Faktor-Codes. Ein Inhaber kann das ändern.
service_errors-role_missing = Wählen Sie, was diese Person darf.
service_errors-is_member = { $email } ist bereits Mitglied. Verwenden Sie eine andere E-Mail-Adresse: Jede gehört nur einem Mitglied.
service_errors-too_many_chosen = Wählen Sie höchstens { $max } Schlüssel auf einmal.
